using OrleansChat.Benchmarks.Report;

namespace OrleansChat.Benchmarks.Charts;

/// <summary>Points that belong together.</summary>
internal sealed record Line(string Name, IReadOnlyList<(double X, double Y)> Points)
{
    public static IReadOnlyList<Line> PerTarget(
        IEnumerable<CaseSummary> summaries, Func<CaseSummary, double> x, Func<CaseSummary, double?> y) => Per(summary => summary.Best.Case.Target, summaries, x, y);

    public static IReadOnlyList<Line> PerSeries(
        IEnumerable<CaseSummary> summaries, Func<CaseSummary, double> x, Func<CaseSummary, double?> y) => Per(summary => summary.Best.Case.Series, summaries, x, y);

    private static IReadOnlyList<Line> Per(
        Func<CaseSummary, string> name, IEnumerable<CaseSummary> summaries, Func<CaseSummary, double> x, Func<CaseSummary, double?> y) =>
    [
        .. summaries
            .GroupBy(name, (key, items) => new Line(
                key, [.. items.Select(item => (X: x(item), Y: y(item))).Where(point => point.Y > 0).Select(point => (point.X, point.Y!.Value)).OrderBy(point => point.X)]))
            .Where(line => line.Points.Count > 0),
    ];
}
