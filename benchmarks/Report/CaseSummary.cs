using OrleansChat.Benchmarks.Experiments;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Report;

/// <summary>The runs of one case: the best one, and whatever of the others must not be kept quiet.</summary>
/// <param name="Best">The best run of those that count; of all, if none does.</param>
/// <param name="CpuWorst">The most CPU per delta of a run that counts.</param>
/// <param name="Counting">How many runs count.</param>
/// <param name="Runs">How many there were.</param>
/// <param name="Lost">Over all runs: a delta lost in a run that was not the best is lost all the same.</param>
/// <param name="Disordered">Over all runs.</param>
/// <param name="Incomplete">Over all runs.</param>
/// <param name="Notes">Markdown list items.</param>
internal sealed record CaseSummary(
    RunResult Best, double? CpuWorst, int Counting, int Runs, long Lost, long Disordered, int Incomplete, IReadOnlyList<string> Notes)
{
    /// <summary>One for each case of an experiment, in the order in which they were measured.</summary>
    public static IReadOnlyList<CaseSummary> AllOf(Experiment experiment, ReportData data) =>
    [
        .. data.Runs
            .Where(run => run.Case.Experiment == experiment.Name)
            .GroupBy(run => (run.Case.Series, run.Case.Load, run.Case.Target))
            .Select(runs => Of(experiment, [.. runs], data.Options.MaxForeign)),
    ];

    private static CaseSummary Of(Experiment experiment, IReadOnlyList<RunResult> runs, double maxForeign)
    {
        var counting = runs.Where(run => run.Objections(maxForeign).Count == 0).ToArray();
        var eligible = counting.Length > 0 ? counting : runs;
        return new CaseSummary(
            eligible.MinBy(run => experiment.CostOf(run) ?? double.MaxValue)!,
            eligible.Max(run => run.CpuMicrosecondsPerDelta),
            counting.Length,
            runs.Count,
            runs.Sum(run => run.Load.Lost),
            runs.Sum(run => run.Load.Disordered),
            runs.Sum(run => run.Load.Incomplete),
            [.. runs.SelectMany((run, index) => NotesOn(run, index + 1, maxForeign))]);
    }

    private static IEnumerable<string> NotesOn(RunResult run, int number, double maxForeign)
    {
        var which = $"- {run.Case.Target}, {run.Case.Load}, run {number}";
        if (run.Objections(maxForeign) is { Count: > 0 } objections)
        {
            yield return $"{which} **does not count**: {string.Join("; ", objections)}.";
        }

        if (run.Load.FirstProblem is { } problem)
        {
            yield return $"{which}: {run.Load.Incomplete} streams incomplete, the first: {problem}";
        }
    }
}
