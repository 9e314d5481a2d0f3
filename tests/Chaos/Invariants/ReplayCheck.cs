using OrleansChat.Chaos.Clients;

namespace OrleansChat.Chaos.Invariants;

/// <summary>Compares whole replays of one conversation.</summary>
internal static class ReplayCheck
{
    /// <summary>Where another node's replay, event by event too, is not the same bytes.</summary>
    public static IEnumerable<Violation> Compare(string name, History history, IReadOnlyList<Frame> other)
    {
        if (other.Count != history.Frames.Count)
        {
            yield return new Violation(ViolationKind.Diverged, name, $"One node replays {history.Frames.Count} events, another {other.Count}.");
        }

        foreach (var (one, two) in history.Frames.Zip(other))
        {
            if (!one.Says(two))
            {
                yield return new Violation(ViolationKind.Diverged, name, $"One node replays {one}, another {two}");
                yield break;
            }
        }
    }
}
