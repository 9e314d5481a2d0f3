using OrleansChat.Benchmarks.Charts;
using OrleansChat.Benchmarks.Load;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Experiments;

/// <summary>Everybody is cut off in mid-reply and comes back at once.</summary>
internal sealed class StampedeExperiment : Experiment
{
    private const int Cuts = 5;

    public override string Name => "stampede";

    public override string Question =>
        "All connections are cut in mid-reply, and all come back at once with their cursor: how long until each has its next new delta, and is any lost or doubled?";

    public override string BaselineName => "hub";

    public override IReadOnlyList<Column> Columns { get; } =
    [
        Column.Load, Column.Target, Column.ReturnP50, Column.ReturnP99, Column.ReturnMax, Column.ReturnP99Ratio, Column.P50, Column.P99, .. Column.Faults,
        Column.FileReads, .. Column.Cores, Column.Counting,
    ];

    public override IEnumerable<Case> Cases(RunOptions options) =>
        from conversations in options.Conversations ?? [1, 100]
        from rate in options.Rates ?? [30]
        from target in options.Targets ?? FanOutExperiment.Targets
        let readers = options.Readers ?? 1000
        select new Case
        {
            Experiment = Name,
            Target = target,
            Load = $"{readers} readers, {conversations} conversations × {rate}/s",
            Size = conversations,
            Plan = new LoadPlan
            {
                Kind = LoadKind.Follow,
                Conversations = conversations,
                Readers = readers,
                Rate = rate,
                WarmupSeconds = options.Warmup,
                WindowSeconds = options.Seconds,
                Cuts = Cuts,
            },
        };

    public override double? CostOf(RunResult run) => run.Load.ReturnP99;

    public override IEnumerable<Chart> Charts(IReadOnlyList<CaseSummary> summaries)
    {
        yield return new BarChart(
            $"{Name}-return",
            "Time to the next new delta after a stampede, 99th percentile",
            "ms",
            BarGroup.PerLoad(summaries, summary => summary.Best.Load.ReturnP99 / 1000.0));
    }
}
