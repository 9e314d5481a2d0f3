using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Measuring;

/// <summary>
/// Compares the first third of a run with its last. Processes are compared at the same age, because one that was killed a moment ago
/// is always small.
/// </summary>
internal static class Growth
{
    private const double Allowed = 1.3;
    private const int AllowedMebibytes = 32;
    private const int AllowedConnections = 10;

    // Old enough to have started and taken its share of conversations; young enough that many runs get there.
    private static readonly TimeSpan Young = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Old = TimeSpan.FromSeconds(30);

    /// <summary>What was compared, in words, and what of it has grown.</summary>
    public static (IReadOnlyList<string> Notes, IReadOnlyList<Violation> Violations) Between(
        IReadOnlyList<ProcessSample> processes, IReadOnlyList<(TimeSpan At, int Count)> connections)
    {
        var end = connections[^1].At;
        List<string> notes = [];
        List<Violation> violations = [];
        foreach (var role in processes.Where(sample => sample.Age >= Young && sample.Age < Old).GroupBy(sample => sample.Name.Split('-')[0], StringComparer.Ordinal))
        {
            Compare($"memory of a {role.Key}, MiB", role.Select(sample => (sample.At, sample.ResidentBytes / (1024.0 * 1024))), AllowedMebibytes);
            Compare($"sockets of a {role.Key}", role.Select(sample => (sample.At, (double)sample.Sockets)), AllowedConnections);
            Compare($"descriptors of a {role.Key}", role.Select(sample => (sample.At, (double)sample.Files)), AllowedConnections);
        }

        Compare("connections of the database", connections.Select(sample => (sample.At, (double)sample.Count)), AllowedConnections);
        return (notes, violations);

        void Compare(string what, IEnumerable<(TimeSpan At, double Value)> samples, double allowed)
        {
            var all = samples.ToArray();
            if (Median(all.Where(sample => sample.At < end / 3)) is not { } first || Median(all.Where(sample => sample.At > end * 2 / 3)) is not { } last)
            {
                notes.Add($"{what}: too few samples to compare");
                return;
            }

            notes.Add($"{what}, median of the first third and of the last: {first:0}, {last:0}; at most {all.Max(sample => sample.Value):0}");
            if (last > (first * Allowed) + allowed)
            {
                violations.Add(new Violation(ViolationKind.Limit, what, $"grew from {first:0} to {last:0}"));
            }
        }
    }

    private static double? Median(IEnumerable<(TimeSpan At, double Value)> samples)
    {
        var sorted = samples.Select(sample => sample.Value).Order().ToArray();
        return sorted.Length == 0 ? null : sorted[sorted.Length / 2];
    }
}
