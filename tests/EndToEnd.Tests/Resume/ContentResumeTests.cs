using System.Text.Json;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.Resume;

/// <summary>Thinking, tool calls and refusals resume, and are cut, as text is.</summary>
public class ContentResumeTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private static readonly ModelScript Everything = ModelScript.Stream
        .Reasoning("H", "m", "\n\"so\" 😀").Text("W", "ait").ToolCall(0, "call_a", "f", "{", "\"a\"", ":1}")
        .ToolCall(1, "call_b", "g", "[", "]").Text(" for", " it").Refusal("N", "o");

    [Fact]
    public async Task From_every_cursor_the_rest_is_the_same_live_stored_and_merged()
    {
        fixture.Model.Enqueue(Everything.Finish("tool_calls").Done());
        var id = await fixture.Api.CreateAsync();
        using var live = await fixture.Api.SendAndFollowAsync(id, "go");
        await live.ToEndAsync();
        using var all = await fixture.Api.FollowAsync(id, "until=idle&catchup=deltas");
        await all.ToEndAsync();

        Assert.Equal(Enumerable.Range(1, all.Events.Count).Select(sequence => $"{sequence}"), all.Events.Select(e => $"{e.Id}"));
        Assert.Equal(Said(all.Events), Said(live.Events));
        for (var cursor = 1; cursor < all.Events.Count; cursor++)
        {
            using var each = await fixture.Api.FollowAsync(id, "until=idle&catchup=deltas", cursor);
            using var merged = await fixture.Api.FollowAsync(id, "until=idle", cursor);
            await each.ToEndAsync();
            await merged.ToEndAsync();

            Assert.Equal(all.Events.Skip(cursor).Select(e => (e.Type, e.Json.GetRawText())), each.Events.Select(e => (e.Type, e.Json.GetRawText())));
            Assert.Equal(Said(all.Events.Skip(cursor)), Said(merged.Events));
            Assert.Equal(all.Events[^1].Id, merged.Events[^1].Id);
        }
    }

    [Fact]
    public async Task A_reply_that_is_cut_where_it_thought_has_said_and_called_nothing()
    {
        fixture.Model.Enqueue(Everything.Stall());
        var id = await fixture.Api.CreateAsync();
        using var reader = await fixture.Api.SendAndFollowAsync(id, "go");
        await reader.UntilAsync("reply.refusal");
        using var all = await fixture.Api.FollowAsync(id, "catchup=deltas");
        await all.UntilAsync("reply.refusal");
        var second = all.Events.Where(e => e.Type == "reply.reasoning").ElementAt(1).Json.GetProperty("sequence").GetInt64();

        await fixture.Api.PostAsync($"/conversations/{id}/cancel", new { at = second });
        await reader.ToEndAsync();

        var end = reader.Events[^1].Json;
        Assert.Equal((0, 2), (end.GetProperty("text_length").GetInt32(), end.GetProperty("reasoning_length").GetInt32()));
        var reply = await fixture.Api.LastMessageAsync(id);
        Assert.Equal(("", "Hm"), (reply.GetProperty("content").GetString(), reply.GetProperty("reasoning")[0].GetProperty("text").GetString()));
        Assert.False(reply.TryGetProperty("tool_calls", out _) || reply.TryGetProperty("refusal", out _));
    }

    private static List<string> Said(IEnumerable<SseEvent> events)
    {
        // Text is joined across what stands between, as clients do.
        var said = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var e in events)
        {
            var piece = e.Json.TryGetProperty("text", out var text) ? text : e.Json.TryGetProperty("arguments", out var arguments) ? arguments : default;
            if (piece.ValueKind == JsonValueKind.String)
            {
                var key = e.Json.TryGetProperty("index", out var index) ? $"{e.Type} {index}" : e.Type;
                said[key] = said.GetValueOrDefault(key) + piece.GetString();
            }
        }

        return [.. said.Select(each => $"{each.Key}: {each.Value}")];
    }
}
