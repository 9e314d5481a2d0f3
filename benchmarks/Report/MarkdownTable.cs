using System.Text;

namespace OrleansChat.Benchmarks.Report;

/// <summary>One row per case, and the ratios to the relay under the same load.</summary>
internal static class MarkdownTable
{
    private const string Baseline = "relay";

    private static readonly string[] s_columns =
    [
        "conversations", "target", "CPU µs/delta", "worst run", "× relay", "p50 ms", "p99 ms", "p99.9 ms", "p50 × relay", "p99 × relay",
        "first token p50 ms", "p99 ms", "offered/s", "delivered/s", "lost", "disordered", "incomplete", "RSS MiB", "bytes/delta",
        "server cores", "generator cores", "foreign cores", "runs that count",
    ];

    public static string Render(IReadOnlyList<CaseSummary> cases)
    {
        var table = new StringBuilder()
            .AppendLine(Row(s_columns))
            .AppendLine(Row(s_columns.Select((_, index) => index == 1 ? "---" : "---:")));
        foreach (var summary in cases)
        {
            var relay = cases.FirstOrDefault(other => other.Best.Target == Baseline && other.Best.Conversations == summary.Best.Conversations);
            table.AppendLine(Row(Cells(summary, relay)));
        }

        return table.ToString();
    }

    private static IEnumerable<string> Cells(CaseSummary summary, CaseSummary? relay)
    {
        var best = summary.Best;
        var load = best.Load;
        return
        [
            $"{best.Conversations}", best.Target,
            Tenths(best.CpuMicrosecondsPerDelta), Tenths(summary.CpuWorst),
            Ratio(best.CpuMicrosecondsPerDelta, best.Target == "direct" ? null : relay?.Best.CpuMicrosecondsPerDelta),
            Milliseconds(load.LatencyP50), Milliseconds(load.LatencyP99), Milliseconds(load.LatencyP999),
            Ratio(load.LatencyP50, relay?.Best.Load.LatencyP50), Ratio(load.LatencyP99, relay?.Best.Load.LatencyP99),
            Milliseconds(load.FirstTokenP50), Milliseconds(load.FirstTokenP99),
            $"{load.OfferedPerSecond:0}", $"{load.DeliveredPerSecond:0}",
            $"{summary.Lost}", $"{summary.Disordered}", $"{summary.Incomplete}",
            $"{best.ResidentBytes / (1024.0 * 1024):0}", $"{load.BytesPerDelta:0}",
            $"{best.Cpu.Server:0.00}", $"{best.Cpu.Generator:0.00}", $"{best.Cpu.Foreign:0.00}",
            $"{summary.Counting} of {summary.Runs}",
        ];
    }

    private static string Milliseconds(long? microseconds) => microseconds is { } value ? $"{value / 1000.0:0.00}" : "–";

    private static string Tenths(double? value) => value is { } known ? $"{known:0.0}" : "–";

    private static string Ratio(double? value, double? baseline) => value / baseline is { } ratio ? $"{ratio:0.00}" : "–";

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
