using System.Text.Json;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Report;

/// <summary>The results for people (Markdown) and for programs (JSON, with every run).</summary>
internal sealed class BenchmarkReport(RunOptions options, Pinning pinning, IReadOnlyList<RunResult> results, string? failure)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerOptions.Web) { WriteIndented = true };

    private readonly DateTimeOffset at = DateTimeOffset.UtcNow;
    private readonly MachineDescription machine = MachineDescription.Read();
    private readonly string command =
        "dotnet run --project benchmarks -c Release -- " + string.Join(' ', Environment.GetCommandLineArgs()[1..]);

    public async Task PublishAsync()
    {
        var markdown = ToMarkdown();
        Console.WriteLine(markdown);

        var folder = Directory.CreateDirectory(Path.Combine(Roles.Root, "benchmarks", "results")).FullName;
        var file = Path.Combine(folder, $"{this.at:yyyy-MM-dd}-{options.Name}");
        await File.WriteAllTextAsync(file + ".md", markdown);
        await File.WriteAllTextAsync(file + ".json", JsonSerializer.Serialize(
            new { at = this.at, command = this.command, machine = this.machine, pinning, options, failure, runs = results }, s_json) + "\n");
        await Console.Error.WriteLineAsync($"Written: {Path.GetRelativePath(Roles.Root, file)}.md and .json");
    }

    private string ToMarkdown()
    {
        var summaries = results
            .GroupBy(result => (result.Conversations, result.Target))
            .Select(runs => CaseSummary.Of([.. runs], options))
            .ToArray();
        return $"""
            # {options.Name}, {this.at:yyyy-MM-dd HH:mm} UTC

            - Machine: {this.machine}
            - Pinning: {pinning.Note}
            - Command: `{this.command}`
            - Load: each conversation streams {options.Rate} deltas/s; window {options.Seconds} s; best of {options.Runs} by CPU per delta.

            {MarkdownTable.Render(summaries)}
            {(failure is null ? "" : $"- **Broken off**: {failure.ReplaceLineEndings(" ")}\n")}{string.Join('\n', summaries.SelectMany(summary => summary.Notes))}

            The columns are explained in [benchmarks/README.md](../README.md). `direct` is the model server read without a server between:
            the floor of the latencies; its CPU is the model server's.

            """;
    }
}
