using System.Buffers;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json;
using OrleansChat.Dialects.ChatCompletions;
using OrleansChat.Events;

namespace OrleansChat.Api.Tests.Dialects.ChatCompletions;

/// <summary>Chunks as a client reads them.</summary>
/// <param name="Items">The frames, each with its id, and its data.</param>
internal sealed record RenderedChunks(IReadOnlyList<(string? Id, string Data)> Items)
{
    /// <summary>The chunks themselves, without the end mark.</summary>
    public IEnumerable<JsonElement> Chunks => Items.Where(item => item.Data != "[DONE]").Select(item => JsonElement.Parse(item.Data));

    /// <summary>All that the chunks say, joined as clients do, without what is said but once.</summary>
    public string Said => Say(Items);

    /// <summary>Renders blocks, one after the other.</summary>
    public static RenderedChunks Of(IEnumerable<EventBlock> blocks, long after = 0, bool includeUsage = false)
    {
        var renderer = new ChatCompletionRenderer("chatcmpl-x_3", "msg_3", after, includeUsage);
        var output = new ArrayBufferWriter<byte>();
        foreach (var block in blocks)
        {
            renderer.Render(block, output);
        }

        return new RenderedChunks([.. Read(output.WrittenSpan.ToArray())]);
    }

    /// <summary>All that frames say, joined as clients do.</summary>
    public static string Say(IEnumerable<(string? Id, string Data)> frames)
    {
        var said = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (_, data) in frames.Where(frame => frame.Data != "[DONE]"))
        {
            var choice = JsonElement.Parse(data).GetProperty("choices")[0];
            foreach (var property in choice.GetProperty("delta").EnumerateObject())
            {
                if (property.Value.ValueKind == JsonValueKind.String)
                {
                    said[property.Name] = said.GetValueOrDefault(property.Name) + property.Value.GetString();
                }
                else if (property.Value.ValueKind == JsonValueKind.Array)
                {
                    var call = property.Value[0];
                    var place = $"call {call.GetProperty("index")}";
                    var function = call.GetProperty("function");
                    var begins = call.TryGetProperty("id", out var id) ? $"[{id} {function.GetProperty("name")}]" : "";
                    said[place] = said.GetValueOrDefault(place) + begins + function.GetProperty("arguments").GetString();
                }
            }
        }

        return string.Join('\n', said.Select(each => $"{each.Key}: {each.Value}"));
    }

    private static IEnumerable<(string? Id, string Data)> Read(byte[] bytes)
    {
        // An id holds for all frames after it: what a frame itself says is told from a parser that begins with it.
        var text = Encoding.UTF8.GetString(bytes);
        foreach (var frame in text.Split("\n\n", StringSplitOptions.RemoveEmptyEntries))
        {
            using var stream = new MemoryStream(Encoding.UTF8.GetBytes(frame + "\n\n"));
            foreach (var item in SseParser.Create(stream).Enumerate())
            {
                yield return (item.EventId, item.Data);
            }
        }
    }
}
