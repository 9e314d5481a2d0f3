using OrleansChat.Benchmarks.Report;

namespace OrleansChat.Benchmarks.Charts;

/// <summary>Bars that are to be compared with each other.</summary>
internal sealed record BarGroup(string Name, IReadOnlyList<(string Name, double Value)> Bars)
{
    /// <summary>A group for each load, with a bar for each target that has the figure.</summary>
    public static IReadOnlyList<BarGroup> PerLoad(IEnumerable<CaseSummary> summaries, Func<CaseSummary, double?> figure) =>
    [
        .. summaries
            .Select(summary => (summary.Best.Case, Value: figure(summary)))
            .Where(item => item.Value > 0)
            .GroupBy(item => item.Case.Load, (load, items) => new BarGroup(load, [.. items.Select(item => (item.Case.Target, item.Value!.Value))])),
    ];
}
