using OrleansChat.Benchmarks.Experiments;
using OrleansChat.Benchmarks.Report;

namespace OrleansChat.Benchmarks.Charts;

/// <summary>What each delivery costs, and how late it is.</summary>
internal static class DeliveryCharts
{
    public static IEnumerable<Chart> Of(Experiment experiment, IReadOnlyList<CaseSummary> summaries)
    {
        yield return new BarChart(
            $"{experiment.Name}-cpu",
            "CPU of all server processes per delivered delta",
            "µs",
            BarGroup.PerLoad(summaries.Where(summary => summary.Best.Case.Target != "direct"), summary => summary.Best.CpuMicrosecondsPerDelta));
        foreach (var (load, number) in summaries.GroupBy(summary => summary.Best.Case.Load).Select((load, index) => (load, index + 1)))
        {
            yield return new LineChart(
                $"{experiment.Name}-latency-{number}",
                $"Latency from the model's write to the client's read: {load.Key}",
                new Axis("of all deltas", AxisKind.Nines),
                new Axis("ms", AxisKind.Logarithmic),
                [.. load.Select(Distribution)]);
        }
    }

    private static Line Distribution(CaseSummary summary) => new(
        summary.Best.Case.Target,
        [.. summary.Best.Load.Latencies.Select(quantile => (quantile.Share, Math.Max(1, quantile.Microseconds) / 1000.0))]);
}
