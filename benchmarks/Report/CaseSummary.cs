using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Report;

/// <summary>The runs of one case: the best one, and whatever of the others must not be kept quiet.</summary>
/// <param name="Best">The run with the least CPU per delta of those that count; of all, if none does.</param>
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
    public static CaseSummary Of(IReadOnlyList<RunResult> runs, RunOptions options)
    {
        var counting = runs.Where(run => run.Objections(options).Count == 0).ToArray();
        var eligible = counting.Length > 0 ? counting : runs;
        return new CaseSummary(
            eligible.MinBy(run => run.CpuMicrosecondsPerDelta)!,
            eligible.Max(run => run.CpuMicrosecondsPerDelta),
            counting.Length,
            runs.Count,
            runs.Sum(run => run.Load.Lost),
            runs.Sum(run => run.Load.Disordered),
            runs.Sum(run => run.Load.Incomplete),
            [.. runs.SelectMany((run, index) => NotesOn(run, index + 1, options))]);
    }

    private static IEnumerable<string> NotesOn(RunResult run, int number, RunOptions options)
    {
        var which = $"- {run.Target}, {run.Conversations} conversations, run {number}";
        if (run.Objections(options) is { Count: > 0 } objections)
        {
            yield return $"{which} **does not count**: {string.Join("; ", objections)}.";
        }

        if (run.Load.FirstProblem is { } problem)
        {
            yield return $"{which}: {run.Load.Incomplete} streams incomplete, the first: {problem}";
        }
    }
}
