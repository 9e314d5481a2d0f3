using System.Net;
using System.Net.Http.Json;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.Tutorials;

/// <summary>The endpoints by which people first meet streaming.</summary>
public class TutorialTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Plain_text_comes_token_by_token_with_the_usage_in_the_last_line()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("Hello", " 世界").Wait(gate).Text("!").Finish().Usage(3, 4).Done());
        using var response = await fixture.Api.Http.GetAsync(
            new Uri("/stream?prompt=greet%20me", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        var beginning = new char["Hello 世界".Length];
        for (var read = 0; read < beginning.Length;)
        {
            read += await reader.ReadAsync(beginning.AsMemory(read)).AsTask().WaitAsync(Patience);
        }

        gate.Open();
        var rest = await reader.ReadToEndAsync().WaitAsync(Patience);

        Assert.Equal("text/plain", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("Hello 世界", new string(beginning));
        Assert.Equal("!\n\n[usage] input_tokens=3 output_tokens=4 total_tokens=7\n", rest);
        Assert.Equal("greet me", fixture.Model.Requests[^1].Json.GetProperty("messages")[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task An_exchange_is_continued_as_plain_text()
    {
        fixture.Model.Enqueue(ModelScript.Reply("Four."));
        using var response = await fixture.Api.Http.PostAsJsonAsync("/chat/stream", Exchange);

        Assert.Equal("Four.", (await response.Content.ReadAsStringAsync()).Split('\n')[0]);
        var messages = fixture.Model.Requests[^1].Json.GetProperty("messages").EnumerateArray()
            .Select(message => (message.GetProperty("role").GetString(), message.GetProperty("content").GetString()));
        Assert.Equal([("system", "Count."), ("user", "1, 2"), ("assistant", "3"), ("user", "And?")], messages);
    }

    [Fact]
    public async Task An_exchange_is_continued_as_events_where_they_are_asked_for()
    {
        fixture.Model.Enqueue(ModelScript.Reply("Fo", "ur."));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/stream") { Content = JsonContent.Create(Exchange) };
        request.Headers.Add("Accept", "text/event-stream");
        using var events = await SseConnection.OpenAsync(fixture.Api.Http, request);
        await events.ToEndAsync();

        Assert.Equal("Four.", ContentOf(events));
        Assert.Equal("[DONE]", events.Events[^1].Data);
    }

    [Fact]
    public async Task A_message_in_the_query_is_answered_with_content_frames_and_DONE()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("a \"b\"\n", "data: [DONE]\n\n", "😀").Finish().Usage(1, 2).Done());
        using var events = await SseConnection.OpenAsync(
            fixture.Api.Http, new HttpRequestMessage(HttpMethod.Post, "/chat?message=hi"));
        await events.ToEndAsync();

        Assert.Equal("a \"b\"\ndata: [DONE]\n\n😀", ContentOf(events));
        Assert.Equal(
            """{"content":"","finish_reason":"stop","usage":{"input_tokens":1,"output_tokens":2}}""",
            events.Events[^2].Data);
        Assert.Equal("[DONE]", events.Events[^1].Data);
        Assert.False(events.WasCut);
    }

    [Fact]
    public async Task When_the_client_leaves_the_reply_goes_on_and_can_be_followed_natively()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("first ").Wait(gate).Text("second").Finish().Done());
        string conversation;
        using (var response = await fixture.Api.Http.GetAsync(
            new Uri("/stream?prompt=hi", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead))
        {
            conversation = response.Headers.GetValues("X-Conversation-Id").Single();
            await gate.Reached.WaitAsync(Patience);
        }

        gate.Open();
        using var native = await fixture.Api.FollowAsync(conversation, "until=idle");
        await native.ToEndAsync();

        Assert.Equal("first second", native.Text);
        Assert.Equal("reply.completed", native.Events[^1].Type);
    }

    [Fact]
    public async Task A_failure_in_mid_stream_is_told_and_the_connection_is_cut()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("half"), ModelScript.Stream.Text("half"));
        using var response = await fixture.Api.Http.GetAsync(
            new Uri("/stream?prompt=hi", UriKind.Relative), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal("half", await reader.ReadLineAsync());
        Assert.Equal("", await reader.ReadLineAsync());
        Assert.StartsWith("[error] upstream_truncated: ", await reader.ReadLineAsync(), StringComparison.Ordinal);
        await Assert.ThrowsAsync<HttpIOException>(() => reader.ReadLineAsync());

        using var events = await SseConnection.OpenAsync(
            fixture.Api.Http, new HttpRequestMessage(HttpMethod.Post, "/chat?message=hi"));
        await events.ToEndAsync();
        Assert.True(events.WasCut);
        Assert.Equal("upstream_truncated", events.Events[^1].Json.GetProperty("error").GetProperty("code").GetString());
    }

    [Theory]
    [InlineData("/chat?message=hi", "/chat?message=ho", null, null)]
    [InlineData("/chat/stream", "/chat/stream", """{"messages":[{"role":"user","content":"hi"}]}""", """{"messages":[{"role":"user","content":"ho"}]}""")]
    public async Task A_request_that_is_repeated_with_its_key_is_answered_with_the_same_reply(string path, string otherPath, string? body, string? otherBody)
    {
        fixture.Model.Enqueue(ModelScript.Reply("one", " two"));
        var asked = fixture.Model.Requests.Count;
        var key = $"tutorial-{Guid.NewGuid()}";

        var first = await AskAsync(path, body);
        var again = await AskAsync(path, body);
        var other = await AskAsync(otherPath, otherBody);

        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Contains("two", first.Text, StringComparison.Ordinal);
        Assert.Equal(first, again);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
        Assert.Contains("idempotency_key_reused", other.Text, StringComparison.Ordinal);
        Assert.Equal(asked + 1, fixture.Model.Requests.Count);

        async Task<(HttpStatusCode Status, string? Conversation, string Text)> AskAsync(string path, string? body)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, path)
            {
                Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
            };
            request.Headers.Add("Idempotency-Key", key);
            using var response = await fixture.Api.Http.SendAsync(request);
            var conversation = response.Headers.TryGetValues("X-Conversation-Id", out var ids) ? ids.Single() : null;
            return (response.StatusCode, conversation, await response.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("GET", "/stream", null, "'prompt'")]
    [InlineData("POST", "/chat", null, "'message'")]
    [InlineData("POST", "/chat/stream", """{"messages":[]}""", "'messages'")]
    [InlineData("POST", "/chat/stream", """{"messages":[{"role":"user"}]}""", "messages[0].content")]
    [InlineData("POST", "/chat/stream", """{"messages":[{"role":"robot","content":"x"}]}""", "messages[0].role")]
    [InlineData("POST", "/chat/stream", """{"messages":[{"role":"assistant","content":"x"}]}""", "The last")]
    public async Task A_request_without_a_question_gets_a_problem_that_says_so(string method, string path, string? body, string says)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path)
        {
            Content = body is null ? null : new StringContent(body, System.Text.Encoding.UTF8, "application/json"),
        };
        using var response = await fixture.Api.Http.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains(says, await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static object Exchange => new
    {
        messages = new[]
        {
            new { role = "system", content = "Count." },
            new { role = "user", content = "1, 2" },
            new { role = "assistant", content = "3" },
            new { role = "user", content = "And?" },
        },
    };

    private static string ContentOf(SseConnection events) =>
        string.Concat(events.Events.Where(e => e.Data != "[DONE]").Select(e => e.Json.GetProperty("content").GetString()));
}
