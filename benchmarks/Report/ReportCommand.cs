namespace OrleansChat.Benchmarks.Report;

/// <summary>The role <c>report</c>: makes one page of what several commands have measured.</summary>
internal static class ReportCommand
{
    public static async Task<int> ExecuteAsync(Arguments arguments)
    {
        var files = arguments.TakeList<string>("from") ?? throw new UsageException("--from is missing: JSON files of reports, separated by commas.");
        var name = arguments.Take("name", "");
        arguments.ThrowIfAnyLeft();
        await new BenchmarkReport(await Task.WhenAll(files.Select(BenchmarkReport.ReadAsync))).WriteAsync(name);
        return 0;
    }
}
