using OrleansChat.Benchmarks.Charts;
using OrleansChat.Benchmarks.Load;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Experiments;

/// <summary>Readers to whom nothing happens.</summary>
internal sealed class IdleExperiment : Experiment
{
    private const double RampSeconds = 5;

    // Collectors that run by time have run by then.
    private const double SettleSeconds = 10;

    private static readonly string[] s_targets = ["hub", "nchan", "express", "fastapi", "orleanschat"];

    public override string Name => "idle";

    public override string Question => "5,000 readers to whom nothing happens: what does each cost in memory? The server's resident memory with them, less that before them.";

    public override string BaselineName => "hub";

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Column.Load, Column.Target, Column.KibibytesPerConnection, Column.MemoryRatio, Column.ResidentBefore, Column.Resident, Column.Incomplete, .. Column.Cores,
        Column.Counting,
    ];

    public override IEnumerable<Case> Cases(RunOptions options)
    {
        var readers = options.Readers ?? 5000;
        return
            from conversations in options.Conversations ?? [1, readers]
            from target in options.Targets ?? s_targets

            // Where a conversation is no more than a name, one is as good as many.
            where conversations == 1 || target is "hub" or "nchan" or "orleanschat"
            select new Case
            {
                Experiment = Name,
                Target = target,
                Load = $"{readers} readers, {conversations} conversations",
                Size = conversations,
                Plan = new LoadPlan
                {
                    Kind = LoadKind.Idle,
                    Conversations = conversations,
                    Readers = readers,
                    Rate = 0,
                    RampSeconds = RampSeconds,
                    WarmupSeconds = Math.Min(SettleSeconds, options.Warmup),
                    WindowSeconds = Math.Min(SettleSeconds, options.Seconds),
                },
            };
    }

    public override double? CostOf(RunResult run) => run.BytesPerConnection;

    public override IEnumerable<Chart> Charts(IReadOnlyList<CaseSummary> summaries)
    {
        yield return new BarChart(
            $"{Name}-memory",
            "Memory of an idle reader",
            "KiB",
            BarGroup.PerLoad(summaries, summary => summary.Best.BytesPerConnection / 1024));
    }
}
