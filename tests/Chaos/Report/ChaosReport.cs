using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Chaos.Report;

/// <summary>The results for people (Markdown) and for programs (JSON, with every violation).</summary>
internal sealed class ChaosReport(string name, DateTimeOffset at, string loadBefore, IReadOnlyList<ScenarioResult> scenarios)
{
    // Of a broken promise the first few tell what is wrong; all of them are in the JSON.
    private const int ShownViolations = 12;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerOptions.Web)
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly MachineDescription machine = MachineDescription.Read();
    private readonly string command =
        "dotnet run --project tests/Chaos -c Release -- " + string.Join(' ', Environment.GetCommandLineArgs()[1..]);

    /// <summary>Prints it and stores it beside the earlier ones.</summary>
    public async Task PublishAsync()
    {
        var markdown = ToMarkdown();
        Console.WriteLine(markdown);

        var folder = Directory.CreateDirectory(Path.Combine(Roles.Root, "tests", "Chaos", "results")).FullName;
        var file = Path.Combine(folder, $"{at:yyyy-MM-dd}-{name}");
        await File.WriteAllTextAsync(file + ".md", markdown);
        await File.WriteAllTextAsync(file + ".json", JsonSerializer.Serialize(new { at, command, machine, loadBefore, scenarios }, Json) + "\n");
        await Console.Error.WriteLineAsync($"Written: {Path.GetRelativePath(Roles.Root, file)}.md and .json");
    }

    private string ToMarkdown()
    {
        var text = new StringBuilder($"""
            # Chaos: {name}, {at:yyyy-MM-dd HH:mm} UTC

            - Machine: {machine}
            - Command: `{command}`
            - Load of the machine by others, before it began: {loadBefore} (1 minute average)

            The columns are explained in [tests/Chaos/README.md](../README.md).

            """);
        foreach (var scenario in scenarios)
        {
            Write(scenario, text);
        }

        return text.ToString();
    }

    private static void Write(ScenarioResult scenario, StringBuilder text)
    {
        var violations = scenario.Violations.ToArray();
        var outcome = scenario.Skipped is null ? violations.Length == 0 ? "nothing broken" : $"**{violations.Length} broken**" : "**not run**";
        text.Append($"\n## {scenario.Name}: {outcome}\n\n{scenario.Setup}\n");
        if (scenario.Skipped is { } reason)
        {
            text.Append($"\n{reason}\n");
            return;
        }

        text.Append($"It took {scenario.Took.TotalSeconds:0} s.\n\n").Append(PhaseTable.Render(scenario.Phases)).Append('\n');
        foreach (var note in scenario.Notes)
        {
            text.Append($"- {note}\n");
        }

        foreach (var phase in scenario.Phases)
        {
            foreach (var note in phase.Notes)
            {
                text.Append($"- {phase.Name}: {note}\n");
            }

            if (phase.Answers.Count > 0)
            {
                var answers = phase.Answers.OrderBy(answer => answer.Key, StringComparer.Ordinal).Select(answer => $"{answer.Key} × {answer.Value}");
                text.Append($"- {phase.Name}, what clients met with: {string.Join(", ", answers)}\n");
            }

            if (phase.Verdict.SentTwice > 0)
            {
                text.Append($"- {phase.Name}: {phase.Verdict.SentTwice} messages are there twice, because they were sent again when no answer came.\n");
            }
        }

        foreach (var violation in violations.GroupBy(each => each.Kind).SelectMany(kind => kind.Take(ShownViolations)))
        {
            text.Append($"- **{violation.Kind}** in {violation.Where}: {violation.Detail}\n");
        }
    }
}
