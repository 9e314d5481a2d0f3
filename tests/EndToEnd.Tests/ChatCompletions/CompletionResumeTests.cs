using System.Net;
using System.Text.Json;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.ChatCompletions;

/// <summary>Chunks that were cut, and go on; replies that go on without a reader, or are stopped.</summary>
public class CompletionResumeTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly ModelScript Everything = ModelScript.Stream
        .Reasoning("H", "m", "\n\"so\" 😀").Text("W", "ait").ToolCall(0, "call_a", "f", "{", "\"a\"", ":1}").ToolCall(1, "call_b", "g", "[", "]")
        .Text(" for", " it").Refusal("N", "o");

    [Fact]
    public async Task From_every_chunk_on_the_rest_is_the_same()
    {
        fixture.Model.Enqueue(Everything.Finish("tool_calls").Usage(1, 2).Done());
        using var live = await fixture.Api.StreamAsync(new { model = "scripted", messages = CompletionClient.Ask("go"), stream = true });
        await live.ToEndAsync();
        var id = live.Events.Chunks()[0].GetProperty("id").GetString()!;

        foreach (var cursor in live.Events.Select(e => e.Id).Append(0).Distinct())
        {
            using var rest = await fixture.Api.ResumeAsync(id, cursor);
            await rest.ToEndAsync();

            Assert.Equal(Says(live.Events), Says([.. live.Events.Where(e => e.Id <= cursor && e.Data != "[DONE]" && !IsFinish(e)), .. rest.Events]));
            Assert.Equal("[DONE]", rest.Events[^1].Data);
            Assert.False(rest.WasCut);
        }
    }

    [Fact]
    public async Task A_reply_that_runs_is_gone_on_with_from_a_cursor_and_its_usage_comes_if_asked_for()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("one", " two").Wait(gate).Text(" three").Finish().Usage(1, 2).Done());
        using var first = await fixture.Api.StreamAsync(new { model = "scripted", messages = CompletionClient.Ask("count"), stream = true });
        while (first.Events.Said() != "one two")
        {
            Assert.NotNull(await first.NextAsync());
        }

        var (id, cursor) = (first.Events.Chunks()[0].GetProperty("id").GetString()!, first.Cursor);
        first.Dispose();
        Assert.Equal(JsonValueKind.Null, (await fixture.Api.GetAsync($"/v1/chat/completions/{id}")).GetProperty("choices")[0].GetProperty("finish_reason").ValueKind);
        using var rest = await fixture.Api.ResumeAsync(id, cursor, "&include_usage=true");
        gate.Open();
        await rest.ToEndAsync();

        Assert.Equal(" three", rest.Events.Said());
        Assert.Equal(3, rest.Events.Chunks()[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32());
    }

    [Fact]
    public async Task What_was_begun_here_can_be_followed_natively()
    {
        fixture.Model.Enqueue(ModelScript.Reply("one", " two"));
        using var stream = await fixture.Api.StreamAsync(new { model = "scripted", messages = CompletionClient.Ask("count"), stream = true });
        var conversation = stream.Response.Headers.Conversation();
        while (stream.Events.Said() == "")
        {
            Assert.NotNull(await stream.NextAsync());
        }

        using var native = await fixture.Api.FollowAsync(conversation, "until=idle", stream.Cursor);
        await native.ToEndAsync();

        Assert.Equal("one two", stream.Events.Said() + native.Text);
    }

    [Fact]
    public async Task Stopping_it_ends_its_chunks_and_the_model_is_left()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("first ").Stall());
        using var stream = await fixture.Api.StreamAsync(new { model = "scripted", messages = CompletionClient.Ask("go on for ever"), stream = true });
        while (stream.Events.Said() != "first ")
        {
            Assert.NotNull(await stream.NextAsync());
        }

        var id = stream.Events.Chunks()[0].GetProperty("id").GetString()!;
        var stopped = await fixture.Api.PostAsync($"/v1/chat/completions/{id}/cancel", new { });
        var again = await fixture.Api.PostAsync($"/v1/chat/completions/{id}/cancel", new { });
        await stream.ToEndAsync();

        await fixture.Model.Requests[^1].Aborted.WaitAsync(Patience);
        Assert.Equal("first ", stopped.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        Assert.Equal(stopped.GetRawText(), again.GetRawText());
        Assert.Equal(("stop", "[DONE]"), (stream.Events.Chunks()[^1].GetProperty("choices")[0].GetProperty("finish_reason").GetString(), stream.Events[^1].Data));
        Assert.False(stream.WasCut);
    }

    [Fact]
    public async Task To_stop_one_that_has_failed_is_no_failure()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("half"));
        using var stream = await fixture.Api.StreamAsync(new { model = "scripted", messages = CompletionClient.Ask("fail"), stream = true });
        await stream.ToEndAsync();
        var id = stream.Events.Chunks()[0].GetProperty("id").GetString()!;

        await fixture.Api.GetAsync($"/v1/chat/completions/{id}", HttpStatusCode.BadGateway);
        var stopped = await fixture.Api.PostAsync($"/v1/chat/completions/{id}/cancel", new { });

        Assert.Equal("half", stopped.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_cursor_that_cannot_be_is_refused()
    {
        var body = await fixture.Api.CompleteAsync(new { messages = CompletionClient.Ask("hi") });
        var id = body.GetProperty("id").GetString();

        var beyond = await fixture.Api.GetAsync($"/v1/chat/completions/{id}?stream=true&starting_after=999", HttpStatusCode.Gone);
        var nonsense = await fixture.Api.GetAsync($"/v1/chat/completions/{id}?stream=true&starting_after=x", HttpStatusCode.BadRequest);
        var none = await fixture.Api.GetAsync($"/v1/chat/completions/{id}9", HttpStatusCode.NotFound);

        Assert.Equal("cursor_beyond_head", beyond.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("starting_after", nonsense.GetProperty("error").GetProperty("param").GetString());
        Assert.Equal("reply_not_found", none.GetProperty("error").GetProperty("code").GetString());
    }

    private static bool IsFinish(SseEvent e) =>
        e.Json.GetProperty("choices") is var choices && (choices.GetArrayLength() == 0 || choices[0].GetProperty("finish_reason").ValueKind != JsonValueKind.Null);

    private static string Says(IEnumerable<SseEvent> events)
    {
        var all = events.ToList();
        var calls = all.Chunks().Where(chunk => chunk.GetProperty("choices").GetArrayLength() > 0).Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta"))
            .Where(delta => delta.TryGetProperty("tool_calls", out _)).Select(delta => delta.GetProperty("tool_calls")[0])
            .GroupBy(call => call.GetProperty("index").GetInt32(), call => call.GetProperty("function").GetProperty("arguments").GetString());
        return $"{all.Said("role")}|{all.Said("reasoning_content")}|{all.Said()}|{all.Said("refusal")}|{string.Join('|', calls.Select(call => string.Concat(call)))}";
    }
}
