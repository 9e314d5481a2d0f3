using System.Text;
using OrleansChat.Chaos.Invariants;

namespace OrleansChat.Chaos.Report;

/// <summary>One row per phase.</summary>
internal static class PhaseTable
{
    private static readonly string[] Columns =
    [
        "phase", "conversations", "accepted", "accepted lost", "events", "lost", "doubled", "reordered", "diverged", "wrong text",
        "completed", "interrupted", "failed", "taken over", "ended twice", "stuck", "streams closed", "requests failed",
        "next event p50 ms", "p99 ms", "max ms", "of", "reconnects",
    ];

    public static string Render(IEnumerable<PhaseResult> phases)
    {
        var table = new StringBuilder()
            .AppendLine(Row(Columns))
            .AppendLine(Row(Columns.Select((_, index) => index == 0 ? "---" : "---:")));
        foreach (var phase in phases)
        {
            table.AppendLine(Row(Cells(phase)));
        }

        return table.ToString();
    }

    private static IEnumerable<string> Cells(PhaseResult phase)
    {
        var verdict = phase.Verdict;
        var recovery = phase.Recovery;
        return
        [
            phase.Name, $"{verdict.Conversations}", $"{verdict.Accepted}", Count(ViolationKind.AcceptedLost), $"{verdict.Events}",
            Count(ViolationKind.Lost), Count(ViolationKind.Doubled), Count(ViolationKind.Reordered),
            Count(ViolationKind.Diverged, ViolationKind.Impossible), Count(ViolationKind.WrongText),
            End("completed"), End("interrupted"), End("failed"), $"{verdict.TakenOver}",
            Count(ViolationKind.EndedTwice), Count(ViolationKind.Stuck), Count(ViolationKind.StreamClosed, ViolationKind.BrokenStream),
            Count(ViolationKind.RequestFailed),
            recovery is null ? "–" : $"{recovery.P50:0}", recovery is null ? "–" : $"{recovery.P99:0}", recovery is null ? "–" : $"{recovery.Max:0}",
            $"{recovery?.Count ?? 0}", $"{phase.Reconnects}",
        ];

        string Count(params ReadOnlySpan<ViolationKind> kinds) => $"{phase.Count(kinds)}";
        string End(string end) => $"{verdict.Ends.GetValueOrDefault(end)}";
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
