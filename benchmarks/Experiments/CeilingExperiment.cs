using OrleansChat.Benchmarks.Charts;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Experiments;

/// <summary>Fan-out at ever higher rates, until the server falls behind.</summary>
internal sealed class CeilingExperiment : Experiment
{
    // Below this share of what was offered, the server has fallen behind.
    private const double KeepsUp = 0.97;

    // A step up says little in its details: what counts is where it ends.
    private const double MostSeconds = 8;

    public override string Name => "ceiling";

    public override string Question =>
        "How many deliveries per second does one core make? The rate of the same conversation rises until the server falls behind.";

    public override string BaselineName => "hub";

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Column.Load, Column.Target, Column.Offered, Column.Delivered, Column.Cpu, Column.CpuRatio, Column.P50, Column.P99, Column.BytesPerDelta, .. Column.Faults,
        .. Column.Cores, Column.Counting,
    ];

    public override IEnumerable<Case> Cases(RunOptions options) =>
        from rate in options.Rates ?? [60, 100, 150, 200, 250, 300, 400, 500]
        from target in options.Targets ?? FanOutExperiment.Targets
        let short_ = options with { Seconds = Math.Min(MostSeconds, options.Seconds), Warmup = Math.Min(MostSeconds, options.Warmup) }
        select FanOutExperiment.Of(Name, target, options.Readers ?? 500, rate, short_);

    /// <summary>The most deliveries first, then the cheapest.</summary>
    public override double? CostOf(RunResult run) => -run.Load.DeliveredPerSecond;

    public override bool IsWorthwhile(Case next, IReadOnlyList<RunResult> before) => !before.Any(run =>
        run.Case.Target == next.Target && run.Case.Size < next.Size && run.Load.DeliveredPerSecond < KeepsUp * run.Load.OfferedPerSecond);

    public override IEnumerable<Chart> Charts(IReadOnlyList<CaseSummary> summaries)
    {
        yield return new LineChart(
            $"{Name}-delivered",
            "Deliveries offered and made, per second, one core",
            new Axis("offered/s", AxisKind.Linear),
            new Axis("delivered/s", AxisKind.Linear),
            Line.PerTarget(summaries, summary => summary.Best.Load.OfferedPerSecond, summary => summary.Best.Load.DeliveredPerSecond));
        yield return new LineChart(
            $"{Name}-latency",
            "99th percentile of the latency, against what is offered",
            new Axis("offered/s", AxisKind.Linear),
            new Axis("ms", AxisKind.Logarithmic),
            Line.PerTarget(summaries, summary => summary.Best.Load.OfferedPerSecond, summary => summary.Best.Load.LatencyP99 / 1000.0));
    }
}
