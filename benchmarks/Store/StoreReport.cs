using System.Text;
using OrleansChat.Benchmarks.Report;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Store;

/// <summary>The results for people.</summary>
internal static class StoreReport
{
    public static async Task PublishAsync(StoreOptions options, IReadOnlyList<StoreResult> results)
    {
        var at = DateTimeOffset.UtcNow;
        var command = "dotnet run --project benchmarks -c Release -- " + string.Join(' ', Environment.GetCommandLineArgs()[1..]);
        var markdown = $"""
            # {options.Name}, {at:yyyy-MM-dd HH:mm} UTC

            - Machine: {MachineDescription.Read()}
            - Command: `{command}`

            {Table(results)}
            Append: one delta at a time, by one writer, until it is durable, {options.Appends} of them; with PostgreSQL that includes the disk
            (fsync), with files it does not (`Storage:Durability` is `Process`). Turn: a question, 50 such deltas, the end, and compaction.
            Ratios are to the shortest history of the same store; histories take turns. Activation: the first call to a conversation's grain
            until it answers, in a warm process, {options.Conversations - 1} conversations.

            """;
        Console.WriteLine(markdown);
        var file = Path.Combine(Roles.Root, "benchmarks", "results", $"{at:yyyy-MM-dd}-{options.Name}.md");
        await File.WriteAllTextAsync(file, markdown);
        await Console.Error.WriteLineAsync($"Written: {Path.GetRelativePath(Roles.Root, file)}");
    }

    private static string Table(IReadOnlyList<StoreResult> results)
    {
        var table = new StringBuilder()
            .AppendLine("| store | messages | append µs, median | ratio | append µs, p99 | turn ms, median | ratio | activation ms, median | worst |")
            .AppendLine("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |");
        foreach (var result in results)
        {
            var shortest = results.Where(other => other.Store == result.Store).MinBy(other => other.Messages)!;
            table.AppendLine(
                $"| {result.Store} | {result.Messages:N0} | {result.AppendMedian:0.0} | {result.AppendMedian / shortest.AppendMedian:0.00} "
                + $"| {result.AppendP99:0.0} | {result.TurnMedian / 1000:0.00} | {result.TurnMedian / shortest.TurnMedian:0.00} "
                + $"| {result.ActivationMedian / 1000:0.0} | {result.ActivationWorst / 1000:0.0} |");
        }

        return table.ToString();
    }
}
