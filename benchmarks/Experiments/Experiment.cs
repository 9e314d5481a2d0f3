using OrleansChat.Benchmarks.Charts;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Experiments;

/// <summary>A question, the cases that answer it, and how the answer is shown.</summary>
internal abstract class Experiment
{
    public static IReadOnlyList<Experiment> All { get; } =
        [new RepliesExperiment(), new ClusterExperiment(), new FanOutExperiment(), new CeilingExperiment(), new StampedeExperiment(), new IdleExperiment(), new SizeExperiment(), new TelemetryExperiment()];

    public abstract string Name { get; }

    /// <summary>For people, in a line or two.</summary>
    public abstract string Question { get; }

    /// <summary>What others are divided by, in a word.</summary>
    public abstract string BaselineName { get; }

    public abstract IReadOnlyList<Column> Columns { get; }

    public abstract IEnumerable<Case> Cases(RunOptions options);

    /// <summary>Whether a case is what another is divided by.</summary>
    public virtual bool IsBaseline(Case candidate, Case other) => candidate.Target == BaselineName && candidate.Load == other.Load;

    /// <summary>What is compared to find a case's best run; less is better.</summary>
    public virtual double? CostOf(RunResult run) => run.CpuMicrosecondsPerDelta;

    /// <summary>Whether a case needs to be measured, after what was measured before it.</summary>
    public virtual bool IsWorthwhile(Case next, IReadOnlyList<RunResult> before) => true;

    public virtual IEnumerable<Chart> Charts(IReadOnlyList<CaseSummary> summaries) => [];

    public static Experiment Of(string name) =>
        All.FirstOrDefault(experiment => experiment.Name == name)
        ?? throw new UsageException($"Unknown load '{name}': {string.Join(", ", All.Select(experiment => experiment.Name))}.");
}
