using OrleansChat.Benchmarks.Charts;
using OrleansChat.Benchmarks.Load;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Experiments;

/// <summary>Everybody asks and reads: the ordinary load.</summary>
internal sealed class RepliesExperiment : Experiment
{
    private static readonly string[] s_targets = ["direct", "relay", "express", "resumable-stream", "fastapi", "orleanschat"];

    public override string Name => "replies";

    public override string Question =>
        "What does it cost to deliver a delta, and how late does it arrive? Every conversation streams one reply to the one who asked.";

    public override string BaselineName => "relay";

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Column.Load, Column.Target, Column.Cpu, Column.WorstCpu, Column.CpuRatio, Column.P50, Column.P99, Column.P999, Column.P50Ratio, Column.P99Ratio,
        Column.FirstTokenP50, Column.FirstTokenP99, Column.Offered, Column.Delivered, .. Column.Faults, Column.KibibytesPerConnection, Column.Resident,
        Column.BytesPerDelta, .. Column.Cores, Column.Counting,
    ];

    public override IEnumerable<Case> Cases(RunOptions options) =>
        from conversations in options.Conversations ?? [200, 1000]
        from rate in options.Rates ?? [30]
        from target in options.Targets ?? s_targets
        select Of(Name, target, conversations, rate, options);

    public override IEnumerable<Chart> Charts(IReadOnlyList<CaseSummary> summaries) => DeliveryCharts.Of(this, summaries);

    /// <summary>A case of so many conversations at such a pace.</summary>
    internal static Case Of(string experiment, string target, int conversations, double rate, RunOptions options) => new()
    {
        Experiment = experiment,
        Target = target,
        Load = $"{conversations} × {rate}/s",
        Size = conversations,
        Plan = new LoadPlan
        {
            Kind = LoadKind.Replies,
            Conversations = conversations,
            Readers = conversations,
            Rate = rate,
            WarmupSeconds = options.Warmup,
            WindowSeconds = options.Seconds,
        },
    };
}
