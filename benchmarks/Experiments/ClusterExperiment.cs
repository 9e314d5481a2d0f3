using OrleansChat.Benchmarks.Charts;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Experiments;

/// <summary>The ordinary load for the product as a cluster; everything shares all cores, the baselines too.</summary>
internal sealed class ClusterExperiment : Experiment
{
    private static readonly string[] s_targets = ["relay", "express", "orleanschat"];

    public override string Name => "cluster";

    public override string Question =>
        "The same for a cluster: two silos, an API node and PostgreSQL, whose CPU time is counted together. Servers, model and clients share all cores.";

    public override string BaselineName => "express";

    public override IReadOnlyList<Column> Columns { get; } = new RepliesExperiment().Columns;

    public override IEnumerable<Case> Cases(RunOptions options) =>
        from conversations in options.Conversations ?? [200, 1000]
        from rate in options.Rates ?? [30]
        from target in options.Targets ?? s_targets
        select RepliesExperiment.Of(Name, target, conversations, rate, options) with { SharesCores = true, Topology = new Topology(Silos: 2, Apis: 1) };

    public override IEnumerable<Chart> Charts(IReadOnlyList<CaseSummary> summaries) => DeliveryCharts.Of(this, summaries);
}
