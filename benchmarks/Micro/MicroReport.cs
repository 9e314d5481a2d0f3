using System.Globalization;
using System.Text;
using BenchmarkDotNet.Reports;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Micro;

/// <summary>Writes the results beside those of the load tool, with machine, date and command.</summary>
internal static class MicroReport
{
    public static string Write(Summary summary)
    {
        var date = DateTime.UtcNow;
        var text = new StringBuilder()
            .AppendLine(CultureInfo.InvariantCulture, $"# micro, {date:yyyy-MM-dd HH:mm} UTC")
            .AppendLine()
            .AppendLine(CultureInfo.InvariantCulture, $"- Machine: {MachineDescription.Read()}")
            .AppendLine("- Command: `dotnet run --project benchmarks/Micro -c Release`")
            .AppendLine("- BenchmarkDotNet, short runs (3 warm-ups, 3 iterations) in one process; the error is half of the 99.9 % interval, and wide with so few.")
            .AppendLine()
            .AppendLine("The parts of a token's way that are pure, each beside the plain way to do the same (×: time and bytes divided by the plain way's).")
            .AppendLine()
            .AppendLine("| part | case | how | ns | ± | × | bytes | × |")
            .AppendLine("| --- | --- | --- | ---: | ---: | ---: | ---: | ---: |");
        var parts = summary.Reports.Where(report => report.ResultStatistics is not null)
            .OrderBy(report => report.BenchmarkCase.Descriptor.Type.Name, StringComparer.Ordinal)
            .ThenBy(report => report.BenchmarkCase.Parameters.ValueInfo.Length).ThenBy(report => report.BenchmarkCase.Parameters.ValueInfo, StringComparer.Ordinal)
            .ThenByDescending(report => report.BenchmarkCase.Descriptor.Baseline);
        foreach (var report in parts)
        {
            text.AppendLine(Row(report, PlainOf(summary, report)));
        }

        var path = Path.Combine(Roles.Root, "benchmarks", "results", $"{date:yyyy-MM-dd}-micro.md");
        File.WriteAllText(path, text.ToString());
        return path;
    }

    private static string Row(BenchmarkReport report, BenchmarkReport? plain)
    {
        var (benchmark, time) = (report.BenchmarkCase, report.ResultStatistics!);
        var bytes = BytesOf(report);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"| {benchmark.Descriptor.Type.Name} | {benchmark.Parameters.ValueInfo.Trim('[', ']')} | {benchmark.Descriptor.WorkloadMethodDisplayInfo.Trim('\'')} | {time.Mean:N1} | {time.ConfidenceInterval.Margin:N1} | {time.Mean / plain?.ResultStatistics!.Mean:0.00} | {bytes:N0} | {(plain is null || BytesOf(plain) == 0 ? "" : (bytes / BytesOf(plain)).ToString("0.00", CultureInfo.InvariantCulture))} |");
    }

    private static BenchmarkReport? PlainOf(Summary summary, BenchmarkReport report) => summary.Reports.FirstOrDefault(other =>
        other.BenchmarkCase.Descriptor.Baseline
        && other.BenchmarkCase.Descriptor.Type == report.BenchmarkCase.Descriptor.Type
        && other.BenchmarkCase.Parameters.ValueInfo == report.BenchmarkCase.Parameters.ValueInfo
        && other.ResultStatistics is not null);

    private static double BytesOf(BenchmarkReport report) => report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0;
}
