using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using OrleansChat.Benchmarks.Experiments;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Report;

/// <summary>The results for people (a page with tables and charts) and for programs (JSON, with every run).</summary>
/// <param name="parts">What was measured, by one command or several; of a series, or an experiment without any, that several measured, the last counts.</param>
internal sealed class BenchmarkReport(IReadOnlyList<ReportData> parts)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerOptions.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private static string Folder { get; } = Path.Combine(Roles.Root, "benchmarks", "results");

    public static async Task<ReportData> ReadAsync(string path)
    {
        try
        {
            return JsonSerializer.Deserialize<ReportData>(await File.ReadAllTextAsync(path), s_json)!;
        }
        catch (Exception problem) when (problem is IOException or JsonException)
        {
            throw new UsageException($"'{path}' is no report: {problem.Message}");
        }
    }

    /// <summary>Writes the page, its charts and, where all is of one command, the JSON.</summary>
    public async Task WriteAsync(string name)
    {
        var stem = StemOf(name);
        var charts = Directory.CreateDirectory(Path.Combine(Folder, stem)).FullName;
        foreach (var (experiment, data) in Sections())
        {
            foreach (var chart in experiment.Charts(CaseSummary.AllOf(experiment, data)))
            {
                await File.WriteAllTextAsync(Path.Combine(charts, chart.Name + ".svg"), chart.Render());
            }
        }

        await File.WriteAllTextAsync(Path.Combine(Folder, stem + ".md"), ToMarkdown(name));
        if (parts is [var only])
        {
            await File.WriteAllTextAsync(Path.Combine(Folder, stem + ".json"), JsonSerializer.Serialize(only, s_json) + "\n");
        }

        await Console.Error.WriteLineAsync($"Written: benchmarks/results/{stem}.md");
    }

    public string ToMarkdown(string name)
    {
        var page = new StringBuilder($"# {(name.Length > 0 ? name : "Benchmarks")}, {parts[0].At:yyyy-MM-dd HH:mm} UTC\n\n");
        foreach (var data in parts)
        {
            page.Append($"""
                - Machine: {data.Machine}
                - Pinning: {data.Pinning.Note}, unless the heading says otherwise
                - Command: `{data.Command}`
                - Window {data.Options.Seconds} s after {data.Options.Warmup} s of warm-up; best of {data.Options.Runs} runs.


                """);
        }

        page.Append("The columns are explained in [benchmarks/README.md](../README.md); × is the ratio to the baseline that the heading names, under the same load.\n");
        foreach (var (experiment, data) in Sections())
        {
            AppendSection(page, experiment, data, StemOf(name));
        }

        foreach (var (target, reason) in parts.SelectMany(data => data.Skipped).DistinctBy(skipped => skipped.Key))
        {
            page.Append($"\n- **{target} was skipped**: it {reason}.\n");
        }

        foreach (var failure in parts.SelectMany(data => data.Failures))
        {
            page.Append($"\n- **Came to nothing**: {failure}\n");
        }

        return page.ToString();
    }

    private static void AppendSection(StringBuilder page, Experiment experiment, ReportData data, string stem)
    {
        var summaries = CaseSummary.AllOf(experiment, data);
        page.Append($"\n## {experiment.Name} (× {experiment.BaselineName})\n\n{experiment.Question}\n\n");
        foreach (var chart in experiment.Charts(summaries))
        {
            page.Append($"![{chart.Title}]({stem}/{chart.Name}.svg)\n");
        }

        page.Append($"\n{MarkdownTable.Render(experiment, summaries)}");
        foreach (var note in summaries.SelectMany(summary => summary.Notes))
        {
            page.Append($"\n{note}");
        }

        page.Append('\n');
    }

    private string StemOf(string name) => $"{parts[0].At:yyyy-MM-dd}{(name.Length > 0 ? "-" + name : "")}";

    private IEnumerable<(Experiment Experiment, ReportData Data)> Sections() =>
        from experiment in Experiment.All
        let data = parts.LastOrDefault(part => part.Runs.Any(run => run.Case.Experiment == experiment.Name))
        where data is not null
        select (experiment, data with { Runs = RunsOf(experiment) });

    // Ratios are to a baseline of the same report, so a series is never put together from two.
    private List<RunResult> RunsOf(Experiment experiment) =>
    [
        .. from part in parts
           from run in part.Runs
           where run.Case.Experiment == experiment.Name
           group (part, run) by run.Case.Series into series
           let last = series.Last().part
           from measured in series
           where measured.part == last
           select measured.run,
    ];
}
