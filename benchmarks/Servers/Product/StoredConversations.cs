using System.Text;
using OrleansChat.Benchmarks.Experiments;

namespace OrleansChat.Benchmarks.Servers.Product;

/// <summary>
/// Conversations in the files store's own format, written before the product starts: through its API a hundred thousand would take
/// minutes, and so would ten thousand messages in each of two hundred.
/// </summary>
internal static class StoredConversations
{
    private const string Owner = "local";
    private const string IdsFile = "existing";

    /// <summary>Writes them.</summary>
    /// <returns>The path of a file with their ids.</returns>
    public static async Task<string> WriteAsync(string data, History history, CancellationToken cancellationToken)
    {
        var folder = Directory.CreateDirectory(Path.Combine(data, "conversations", Owner)).FullName;
        var journal = Encoding.UTF8.GetBytes(JournalOf(history.Messages));
        var ids = Enumerable.Range(0, history.Conversations).Select(number => $"conv_01m7yh3aze{number:D16}").ToArray();
        foreach (var id in ids)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder, id + ".jsonl"), journal, cancellationToken);
        }

        var path = Path.Combine(data, IdsFile);
        await File.WriteAllLinesAsync(path, ids, cancellationToken);
        return path;
    }

    /// <summary>Looks into each of them once, last those that the load takes first, as if their owners had come by in the course of a day.</summary>
    public static async Task TouchAsync(string data, Uri url, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { BaseAddress = url };
        var ids = (await File.ReadAllLinesAsync(Path.Combine(data, IdsFile), cancellationToken)).Reverse();
        var parallel = new ParallelOptions { MaxDegreeOfParallelism = 16, CancellationToken = cancellationToken };
        await Parallel.ForEachAsync(ids, parallel, async (id, token) =>
        {
            using var response = await http.GetAsync(new Uri($"/conversations/{id}", UriKind.Relative), token);
            response.EnsureSuccessStatusCode();
        });
    }

    private static string JournalOf(int messages)
    {
        const string At = "2026-11-21T08:00:00.000Z";
        var lines = new StringBuilder(
            $$"""{"type":"conversation.created","sequence":1,"title":null,"model":"bench","system":null,"metadata":{},"at":"{{At}}"}""").Append('\n');
        var sequence = 1;
        var parent = "null";
        for (var message = 0; message < messages; message += 2)
        {
            var question = $"\"msg_{++sequence}\"";
            lines.Append($$"""{"type":"message.created","sequence":{{sequence}},"message":{{question}},"parent":{{parent}},"role":"user","content":"And what comes after that?","at":"{{At}}"}""").Append('\n');
            var reply = $"\"msg_{++sequence}\"";
            lines.Append($$"""{"type":"reply.started","sequence":{{sequence}},"message":{{reply}},"parent":{{question}},"model":"bench","at":"{{At}}"}""").Append('\n');
            sequence += 6;
            lines.Append($$"""{"type":"reply.deltas","sequence":{{sequence}},"message":{{reply}},"lengths":[4,5,6,6,3,5],"text":"The next thing comes in then."}""").Append('\n');
            lines.Append($$$"""{"type":"reply.completed","sequence":{{{++sequence}}},"finish_reason":"stop","message":{{{reply}}},"usage":{"input_tokens":12,"output_tokens":6},"at":"{{{At}}}"}""").Append('\n');
            parent = reply;
        }

        return lines.ToString();
    }
}
