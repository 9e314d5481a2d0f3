using System.Text;
using OrleansChat.Chaos.Clients;

namespace OrleansChat.Chaos.Invariants;

/// <summary>Compares what one client was told, over all its connections, with the journal.</summary>
internal static class LiveCheck
{
    /// <summary>What was lost, doubled, out of order or different.</summary>
    /// <param name="name">The conversation.</param>
    /// <param name="seen">What the client got, in its order, from the conversation's beginning.</param>
    /// <param name="history">The journal.</param>
    /// <param name="mayMerge">Whether neighbouring deltas may have come as one.</param>
    /// <param name="toEnd">Whether the client has read until nothing was left.</param>
    public static IEnumerable<Violation> Compare(string name, IEnumerable<Frame> seen, History history, bool mayMerge, bool toEnd)
    {
        var cursor = 0L;
        foreach (var frame in seen)
        {
            if (frame.Id > history.Events.Count)
            {
                yield return new Violation(ViolationKind.Diverged, name, $"The journal ends at {history.Events.Count}, and yet a client has seen {frame}");
            }
            else if (frame.Id <= cursor)
            {
                var again = frame.Id > 0 && history.Frames[(int)frame.Id - 1].Says(frame);
                yield return new Violation(again ? ViolationKind.Doubled : ViolationKind.Reordered, name, $"After {cursor} came {frame}");
            }
            else
            {
                if (Difference(frame, cursor, history, mayMerge) is var (kind, detail))
                {
                    yield return new Violation(kind, name, detail);
                }

                cursor = frame.Id;
            }
        }

        if (toEnd && cursor < history.Events.Count)
        {
            yield return new Violation(ViolationKind.Lost, name, $"The client got nothing after {cursor}, the journal goes to {history.Events.Count}.");
        }
    }

    private static (ViolationKind Kind, string Detail)? Difference(Frame frame, long cursor, History history, bool mayMerge)
    {
        // What the frame has to stand for: everything after the cursor, up to its id.
        var covered = Enumerable.Range((int)cursor, (int)(frame.Id - cursor)).Select(index => history.Events[index]).ToArray();
        if (covered.Length > 1 && !(mayMerge && frame.Type == JournalEvent.Delta))
        {
            return (ViolationKind.Lost, $"{covered.Length - 1} events between {cursor} and {frame}");
        }

        if (covered.Length == 1)
        {
            var stored = history.Frames[(int)frame.Id - 1];
            return stored.Says(frame) ? null : (ViolationKind.Diverged, $"A client has seen {frame}, the journal says {stored}");
        }

        if (covered.FirstOrDefault(each => each.Type != JournalEvent.Delta || each.Message != covered[^1].Message) is { } other)
        {
            return (ViolationKind.Lost, $"Event {other.Sequence} ({other.Type}) was merged away into {frame}");
        }

        var text = covered.Aggregate(new StringBuilder(), (all, each) => all.Append(each.Text)).ToString();
        var merged = JournalEvent.Parse(frame);
        return merged.Text == text && merged.Message == covered[^1].Message && merged.Sequence == frame.Id
            ? null
            : (ViolationKind.Diverged, $"A client has seen {frame}, the journal says '{text}'");
    }
}
