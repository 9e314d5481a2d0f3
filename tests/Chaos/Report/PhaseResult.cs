using OrleansChat.Chaos.Clients;
using OrleansChat.Chaos.Invariants;
using OrleansChat.Chaos.Measuring;

namespace OrleansChat.Chaos.Report;

/// <summary>What one phase of a scenario has shown: a row of the table.</summary>
/// <param name="Name">The phase.</param>
/// <param name="Verdict">What everything looked like afterwards.</param>
/// <param name="Recovery">How long those who were hit waited for the next event; null where nobody was.</param>
/// <param name="Reconnects">How often clients opened their streams again.</param>
/// <param name="Answers">What clients got in place of what they asked for, and how often.</param>
/// <param name="Notes">What else is worth telling.</param>
internal sealed record PhaseResult(
    string Name, Verdict Verdict, Times? Recovery, int Reconnects, IReadOnlyDictionary<string, int> Answers, IReadOnlyList<string> Notes)
{
    /// <summary>Puts it together.</summary>
    public static PhaseResult Of(string name, Verdict verdict, ClientStatistics statistics, IEnumerable<TimeSpan> recovery, params IReadOnlyList<string> notes) =>
        new(name, verdict, Times.Of(recovery), statistics.Reconnects, statistics.Answers, notes);

    /// <summary>How many violations there are of some kinds.</summary>
    public int Count(params ReadOnlySpan<ViolationKind> kinds)
    {
        var count = 0;
        foreach (var violation in Verdict.Violations)
        {
            count += kinds.Contains(violation.Kind) ? 1 : 0;
        }

        return count;
    }
}
