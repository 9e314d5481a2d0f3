using OrleansChat.Benchmarks.Charts;
using OrleansChat.Benchmarks.Load;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Experiments;

/// <summary>One conversation that many follow.</summary>
internal sealed class FanOutExperiment : Experiment
{
    public override string Name => "fanout";

    public override string Question =>
        "One conversation and 500 readers: what does a delivery cost? Every delta that a reader gets is one.";

    public override string BaselineName => "hub";

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Column.Load, Column.Target, Column.Cpu, Column.WorstCpu, Column.CpuRatio, Column.P50, Column.P99, Column.P999, Column.P50Ratio, Column.P99Ratio,
        Column.Offered, Column.Delivered, .. Column.Faults, Column.BytesPerDelta, .. Column.Cores, Column.Counting,
    ];

    public override IEnumerable<Case> Cases(RunOptions options) =>
        from rate in options.Rates ?? [30]
        from target in options.Targets ?? Targets
        select Of(Name, target, options.Readers ?? 500, rate, options);

    public override IEnumerable<Chart> Charts(IReadOnlyList<CaseSummary> summaries) => DeliveryCharts.Of(this, summaries);

    internal static IReadOnlyList<string> Targets { get; } = ["hub", "nchan", "resumable-stream", "orleanschat"];

    /// <summary>A case of one conversation with so many readers.</summary>
    internal static Case Of(string experiment, string target, int readers, double rate, RunOptions options) => new()
    {
        Experiment = experiment,
        Target = target,
        Load = $"{readers} readers × {rate}/s",
        Size = readers * rate,
        Plan = new LoadPlan
        {
            Kind = LoadKind.Follow,
            Conversations = 1,
            Readers = readers,
            Rate = rate,
            WarmupSeconds = options.Warmup,
            WindowSeconds = options.Seconds,
        },
    };
}
