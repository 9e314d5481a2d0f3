using System.Net;
using System.Text.Json;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.ChatCompletions;

/// <summary>Chat completions, whole and in chunks, and the models they can be had of.</summary>
public class CompletionTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_whole_completion_says_what_the_model_said()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Reasoning("Hm.").Text("Fo", "ur.").Finish().Usage(3, 4).Done());

        var (status, headers, body) = await fixture.Api.SendAsync(new { model = "scripted", messages = CompletionClient.Ask("2 + 2?") });

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(("chat.completion", "scripted"), (body.GetProperty("object").GetString(), body.GetProperty("model").GetString()));
        Assert.InRange(DateTimeOffset.FromUnixTimeSeconds(body.GetProperty("created").GetInt64()), DateTimeOffset.UtcNow.AddMinutes(-5), DateTimeOffset.UtcNow.AddSeconds(1));
        var choice = body.GetProperty("choices").EnumerateArray().Single();
        Assert.Equal(
            """{"index":0,"message":{"role":"assistant","content":"Four.","refusal":null,"reasoning_content":"Hm."},"logprobs":null,"finish_reason":"stop"}""",
            choice.GetRawText());
        Assert.Equal(
            """{"prompt_tokens":3,"completion_tokens":4,"total_tokens":7,"prompt_tokens_details":{"cached_tokens":0},"completion_tokens_details":{"reasoning_tokens":0}}""",
            body.GetProperty("usage").GetRawText());
        Assert.StartsWith($"chatcmpl-{headers.Conversation()[5..]}_", body.GetProperty("id").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Chunks_say_the_same_and_so_does_the_completion_that_is_read_later()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("a \"b\"\n", "data: [DONE]\n\n", "😀").Finish().Usage(1, 2).Done());

        using var stream = await fixture.Api.StreamAsync(
            new { model = "scripted", messages = CompletionClient.Ask("hi"), stream = true, stream_options = new { include_usage = true } });
        await stream.ToEndAsync();

        Assert.Equal("a \"b\"\ndata: [DONE]\n\n😀", stream.Events.Said());
        Assert.Equal("[DONE]", stream.Events[^1].Data);
        Assert.False(stream.WasCut);
        var chunks = stream.Events.Chunks();
        Assert.Single(chunks.Select(chunk => (chunk.GetProperty("id").GetString(), chunk.GetProperty("created").GetInt64())).Distinct());
        Assert.Equal("assistant", chunks[0].GetProperty("choices")[0].GetProperty("delta").GetProperty("role").GetString());
        Assert.Equal("stop", chunks[^2].GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal((0, 3), (chunks[^1].GetProperty("choices").GetArrayLength(), chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32()));
        Assert.All(chunks.SkipLast(1), chunk => Assert.Equal(JsonValueKind.Null, chunk.GetProperty("usage").ValueKind));

        var id = chunks[0].GetProperty("id").GetString()!;
        var stored = await fixture.Api.GetAsync($"/v1/chat/completions/{id}");
        Assert.Equal(id, stored.GetProperty("id").GetString());
        Assert.Equal(stream.Events.Said(), stored.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
    }

    [Fact]
    public async Task Everything_that_was_asked_reaches_the_model()
    {
        fixture.Model.Enqueue(ModelScript.Reply("{}"));
        await fixture.Api.CompleteAsync(new
        {
            model = "scripted",
            messages = new object[]
            {
                new { role = "system", content = "Be brief." },
                new { role = "user", content = new object[] { new { type = "text", text = "What?" }, new { type = "image_url", image_url = new { url = "data:image/gif;base64,R0lGODlhAQABAAAAACw=" } } } },
                new { role = "assistant", content = "A dot." },
                new { role = "user", content = "Sure?" },
            },
            temperature = 0.5,
            max_completion_tokens = 50,
            stop = new[] { "END" },
            seed = 7,
            presence_penalty = 0.5,
            response_format = new { type = "json_schema", json_schema = new { name = "s", strict = true, schema = new { type = "object" } } },
        });

        var request = fixture.Model.Requests[^1].Json;
        Assert.Equal(["system", "user", "assistant", "user"], request.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("role").GetString()));
        Assert.Equal("data:image/gif;base64,R0lGODlhAQABAAAAACw=", request.GetProperty("messages")[1].GetProperty("content")[1].GetProperty("image_url").GetProperty("url").GetString());
        Assert.Equal((0.5, 7, 0.5), (request.GetProperty("temperature").GetDouble(), request.GetProperty("seed").GetInt32(), request.GetProperty("presence_penalty").GetDouble()));
        Assert.Equal("END", request.GetProperty("stop")[0].GetString());
        Assert.Equal("json_schema", request.GetProperty("response_format").GetProperty("type").GetString());
    }

    [Fact]
    public async Task Calls_come_in_pieces_and_their_answers_go_back_with_the_exchange()
    {
        fixture.Model.Enqueue(
            ModelScript.Stream.ToolCall(0, "call_a", "get_weather", "{\"city\": ", "\"Paris\"}").ToolCall(1, "call_b", "get_weather", "{}").Finish("tool_calls").Done(),
            ModelScript.Reply("Mild."));
        var tools = new[] { new { type = "function", function = new { name = "get_weather", parameters = new { type = "object" } } } };
        using var stream = await fixture.Api.StreamAsync(new { model = "scripted", messages = CompletionClient.Ask("Weather?"), tools, stream = true });
        await stream.ToEndAsync();

        var pieces = stream.Events.Chunks().Select(chunk => chunk.GetProperty("choices")[0].GetProperty("delta"))
            .Where(delta => delta.TryGetProperty("tool_calls", out _)).Select(delta => delta.GetProperty("tool_calls")[0]).ToList();
        Assert.Equal("{\"city\": \"Paris\"}", string.Concat(pieces.Where(piece => piece.GetProperty("index").GetInt32() == 0).Select(piece => piece.GetProperty("function").GetProperty("arguments").GetString())));
        var begun = pieces.Where(piece => piece.TryGetProperty("id", out _));
        Assert.Equal(["call_a", "call_b"], begun.Select(piece => piece.GetProperty("id").GetString()));
        Assert.Equal("tool_calls", stream.Events.Chunks()[^1].GetProperty("choices")[0].GetProperty("finish_reason").GetString());

        var id = stream.Events.Chunks()[0].GetProperty("id").GetString();
        var message = (await fixture.Api.GetAsync($"/v1/chat/completions/{id}")).GetProperty("choices")[0].GetProperty("message");
        Assert.Equal(JsonValueKind.Null, message.GetProperty("content").ValueKind);
        var answered = await fixture.Api.CompleteAsync(new
        {
            model = "scripted",
            tools,
            messages = new object[]
            {
                new { role = "user", content = "Weather?" },
                message,
                new { role = "tool", tool_call_id = "call_b", content = "9 °C" },
                new { role = "tool", tool_call_id = "call_a", content = "12 °C" },
            },
        });

        Assert.Equal("Mild.", answered.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString());
        var messages = fixture.Model.Requests[^1].Json.GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["user", "assistant", "tool", "tool"], messages.Select(each => each.GetProperty("role").GetString()));
        Assert.Equal("{\"city\": \"Paris\"}", messages[1].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString());
        Assert.Equal(["9 °C", "12 °C"], messages.TakeLast(2).Select(each => each.GetProperty("content").GetString()));
    }

    [Fact]
    public async Task A_refusal_takes_the_place_of_content()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Refusal("I ", "won't.").Finish().Done());

        var message = (await fixture.Api.CompleteAsync(new { model = "scripted", messages = CompletionClient.Ask("Do it") })).GetProperty("choices")[0].GetProperty("message");

        Assert.Equal((JsonValueKind.Null, "I won't."), (message.GetProperty("content").ValueKind, message.GetProperty("refusal").GetString()));
    }

    [Fact]
    public async Task The_conversation_is_listed_where_it_is_stored_and_can_be_read_in_any_case()
    {
        var kept = await fixture.Api.SendAsync(new { messages = CompletionClient.Ask("keep"), store = true, metadata = new { topic = "t" } });
        var passing = await fixture.Api.SendAsync(new { messages = CompletionClient.Ask("pass") });

        var listed = (await fixture.Api.GetAsync("/conversations?limit=100")).GetProperty("data").EnumerateArray().Select(each => each.GetProperty("id").GetString()).ToList();
        Assert.Contains(kept.Headers.Conversation(), listed);
        Assert.DoesNotContain(passing.Headers.Conversation(), listed);
        Assert.Equal("t", (await fixture.Api.GetAsync($"/conversations/{kept.Headers.Conversation()}")).GetProperty("metadata").GetProperty("topic").GetString());
        Assert.Equal(2, (await fixture.Api.MessagesAsync(passing.Headers.Conversation())).Count);
    }

    [Fact]
    public async Task What_goes_wrong_before_the_reply_is_told_in_the_envelope()
    {
        var unknown = await fixture.Api.SendAsync(new { model = "nobody", messages = CompletionClient.Ask("hi") });
        var wrong = await fixture.Api.SendAsync(new { model = "scripted", messages = CompletionClient.Ask("hi"), n = 2 });

        Assert.Equal((HttpStatusCode.NotFound, "model_not_found"), (unknown.Status, unknown.Body.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal((HttpStatusCode.BadRequest, "n"), (wrong.Status, wrong.Body.GetProperty("error").GetProperty("param").GetString()));
        Assert.Equal("false", wrong.Headers.GetValues("x-should-retry").Single());
    }

    [Fact]
    public async Task A_reply_that_fails_is_an_error_whole_and_in_chunks_which_are_cut_off()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("half"), ModelScript.Stream.Text("half"));

        var whole = await fixture.Api.SendAsync(new { model = "scripted", messages = CompletionClient.Ask("hi") });
        using var stream = await fixture.Api.StreamAsync(new { model = "scripted", messages = CompletionClient.Ask("ho"), stream = true });
        await stream.ToEndAsync();

        Assert.Equal((HttpStatusCode.BadGateway, "upstream_truncated"), (whole.Status, whole.Body.GetProperty("error").GetProperty("code").GetString()));
        Assert.Equal("false", whole.Headers.GetValues("x-should-retry").Single());
        Assert.True(stream.WasCut);
        Assert.Equal("upstream_truncated", stream.Events[^1].Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Equal("half", stream.Events.SkipLast(1).Said());
    }

    [Fact]
    public async Task Models_are_listed_and_read()
    {
        var list = await fixture.Api.GetAsync("/v1/models");
        var one = await fixture.Api.GetAsync("/v1/models/demo");
        var none = await fixture.Api.GetAsync("/v1/models/a%2Fb", HttpStatusCode.NotFound);

        Assert.Equal(["scripted", "demo", "impatient"], list.GetProperty("data").EnumerateArray().Select(model => model.GetProperty("id").GetString()));
        Assert.Equal(("list", "model", "orleanschat-demo"), (list.GetProperty("object").GetString(), one.GetProperty("object").GetString(), one.GetProperty("owned_by").GetString()));
        Assert.Equal("model_not_found", none.GetProperty("error").GetProperty("code").GetString());
    }
}
