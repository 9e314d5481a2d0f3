using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Secrecy;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.Secrecy;

/// <summary>What stands beside messages: titles, metadata, ids, files, and the log.</summary>
public sealed class FieldTests : IClassFixture<ProductFixture>
{
    private readonly ProductFixture fixture;

    public FieldTests(ProductFixture fixture)
    {
        this.fixture = fixture;
        fixture.Model.Answer = EchoModel.Answer;
    }

    /// <summary>Where half a surrogate pair can be sent to; <c>¤</c> stands for it.</summary>
    public static TheoryData<string, string> Bodies => new()
    {
        { "/conversations", """{"title":"¤"}""" },
        { "/conversations", """{"system":"¤"}""" },
        { "/conversations", """{"metadata":{"a":"¤"}}""" },
        { "/conversations", """{"metadata":{"¤":"a"}}""" },
        { "/conversations", """{"model":"¤"}""" },
        { "{conversation}/messages", """{"content":"¤"}""" },
        { "{conversation}/messages", """{"content":"a","model":"¤"}""" },
        { "{conversation}/messages", """{"content":"a","parent":"¤"}""" },
        { "{conversation}/messages", """{"parts":[{"type":"text","text":"¤"}]}""" },
        { "{conversation}/messages", """{"content":"a","options":{"instructions":"¤"}}""" },
        { "{conversation}/messages", """{"content":"a","options":{"stop":["¤"]}}""" },
        { "{conversation}/messages", """{"content":"a","options":{"notes":{"a":"¤"}}}""" },
        { "{conversation}/messages", """{"content":"a","options":{"tools":[{"name":"a","description":"¤"}]}}""" },
        { "/v1/chat/completions", """{"model":"scripted","messages":[{"role":"user","content":"¤"}]}""" },
        { "/v1/chat/completions", """{"model":"scripted","messages":[{"role":"user","content":[{"type":"text","text":"¤"}]}]}""" },
        { "/v1/chat/completions", """{"model":"scripted","stop":"¤","messages":[{"role":"user","content":"a"}]}""" },
        { "/v1/chat/completions", """{"model":"scripted","stop":["¤"],"messages":[{"role":"user","content":"a"}]}""" },
        { "/v1/chat/completions", """{"model":"scripted","metadata":{"a":"¤"},"messages":[{"role":"user","content":"a"}]}""" },
        { "/v1/chat/completions", """{"model":"scripted","tool_choice":"¤","tools":[{"type":"function","function":{"name":"a"}}],"messages":[{"role":"user","content":"a"}]}""" },
        { "/v1/chat/completions", """{"model":"scripted","tool_choice":{"type":"function","function":{"name":"¤"}},"tools":[{"type":"function","function":{"name":"a"}}],"messages":[{"role":"user","content":"a"}]}""" },
        { "/v1/chat/completions", """{"model":"scripted","user":"¤","messages":[{"role":"user","content":"a","name":"¤"}]}""" },
        { "/v1/responses", """{"model":"scripted","input":"¤"}""" },
        { "/v1/responses", """{"model":"scripted","input":[{"role":"user","content":"¤"}]}""" },
        { "/v1/responses", """{"model":"scripted","input":[{"role":"user","content":[{"type":"input_text","text":"¤"}]}]}""" },
        { "/v1/responses", """{"model":"scripted","input":[{"role":"¤","content":"a"}]}""" },
        { "/v1/responses", """{"model":"scripted","input":[{"type":"¤"}]}""" },
        { "/v1/responses", """{"model":"scripted","input":"a","instructions":"¤"}""" },
        { "/v1/responses", """{"model":"scripted","input":"a","conversation":"¤"}""" },
        { "/v1/responses", """{"model":"scripted","input":"a","conversation":{"id":"¤"}}""" },
        { "/v1/responses", """{"model":"scripted","input":"a","metadata":{"a":"¤"}}""" },
        { "/v1/responses", """{"model":"scripted","input":"a","tools":[{"type":"function","name":"a"}],"tool_choice":"¤"}""" },
        { "/v1/responses", """{"model":"scripted","input":"a","tools":[{"type":"function","name":"¤"}]}""" },
        { "/v1/responses", """{"model":"scripted","input":[{"type":"function_call","call_id":"¤","name":"a","arguments":"¤"},{"type":"function_call_output","call_id":"¤","output":"¤"}]}""" },
        { "/v1/conversations", """{"items":[{"role":"user","content":"¤"}]}""" },
        { "/v1/conversations", """{"metadata":{"a":"¤"}}""" },
        { "/api/chat", """{"id":"¤","messages":[{"id":"m","role":"user","parts":[{"type":"text","text":"a"}]}]}""" },
        { "/api/chat", """{"id":"halves","messages":[{"id":"¤","role":"user","parts":[{"type":"text","text":"a"}]}]}""" },
        { "/api/chat", """{"id":"halves","messages":[{"id":"m","role":"user","parts":[{"type":"text","text":"¤"}]}]}""" },
        { "/api/chat", """{"id":"halves","messages":[{"id":"m","role":"user","parts":[{"type":"¤","text":"a"}]}]}""" },
        { "/api/chat", """{"id":"halves","messages":[{"id":"m","role":"user","parts":[{"type":"text","text":"a"}]},{"id":"r","role":"assistant","parts":[{"type":"tool-a","toolCallId":"¤","state":"output-available","input":"¤","output":"¤"}]},{"id":"n","role":"user","parts":[{"type":"text","text":"b"}]}]}""" },
        { "/api/chat", """{"id":"halves","toolChoice":"¤","tools":{"¤":{"description":"¤","inputSchema":{"a":"¤"}}},"messages":[{"id":"m","role":"user","parts":[{"type":"text","text":"a"}]}]}""" },
        { "/api/chat", """{"id":"halves","trigger":"¤","messageId":"¤","messages":[]}""" },
        { "/chat/stream", """{"messages":[{"role":"user","content":"¤"}]}""" },
        { "/chat/stream", """{"messages":[{"role":"¤","content":"a"}]}""" },
    };

    [Theory, MemberData(nameof(Bodies))]
    public async Task Half_a_character_is_refused_wherever_text_belongs(string path, string body)
    {
        var place = path.Replace("{conversation}", $"/conversations/{await fixture.Api.CreateAsync()}", StringComparison.Ordinal);
        var before = fixture.Product.Log.Length;
        foreach (var half in HostileTexts.NoText)
        {
            using var content = new StringContent(body.Replace("¤", HostileTexts.Quote(half)[1..^1], StringComparison.Ordinal), Encoding.UTF8, "application/json");
            using var response = await fixture.Api.Http.PostAsync(new Uri(place, UriKind.Relative), content);
            var answer = await response.Content.ReadAsStringAsync();

            Assert.True(response.StatusCode == HttpStatusCode.BadRequest, $"{(int)response.StatusCode}: {answer}");
        }

        Assert.DoesNotContain(" fail: ", fixture.Product.Log[before..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Titles_and_metadata_are_what_was_sent_wherever_they_are_told()
    {
        foreach (var (attacks, text) in HostileTexts.All.Where(text => text.Text.Length <= 200))
        {
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal) { ["text"] = text, [text[..Math.Min(64, text.Length)]] = "key" };
            using var feed = await SseOfAllAsync();
            var conversation = await fixture.Api.CreateAsync(new { title = "first", metadata });
            await fixture.Api.SendAsync(HttpMethod.Patch, $"/conversations/{conversation}", body: new { title = text });

            var read = await fixture.Api.GetAsync($"/conversations/{conversation}");
            var listed = (await fixture.Api.GetAsync("/conversations?limit=1")).GetProperty("data")[0];
            using var events = await (await fixture.Api.FollowAsync(conversation, "until=idle")).ToEndAsync();
            await feed.UntilAsync("conversation.updated");
            foreach (var view in new[] { read, listed, events.Events[1].Json, feed.Events[^1].Json.GetProperty("conversation") })
            {
                Assert.True(text == view.Text("title"), $"{attacks}: {view}");
                Assert.Equal(metadata, view.GetProperty("metadata").EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString()!, StringComparer.Ordinal));
            }

            Assert.Equal(["conversation.created", "conversation.updated"], events.Events.Select(e => e.Type));
        }
    }

    [Theory]
    [InlineData("jsonl")]
    [InlineData("markdown")]
    public async Task What_is_exported_is_imported_as_it_was(string format)
    {
        var conversation = await fixture.Api.CreateAsync(new { title = HostileTexts.Named("Markdown's exports"), system = HostileTexts.Named("a named event") });
        foreach (var (_, text) in HostileTexts.All)
        {
            using var reply = await fixture.Api.SendAndFollowAsync(conversation, text);
            await reply.ToEndAsync();
        }

        var exported = await fixture.Api.Http.GetByteArrayAsync(new Uri($"/conversations/{conversation}/export?format={format}", UriKind.Relative));
        using var content = new ByteArrayContent(exported);
        content.Headers.ContentType = new MediaTypeHeaderValue(format == "jsonl" ? "application/jsonl" : "text/markdown");
        using var response = await fixture.Api.Http.PostAsync(new Uri("/conversations/import", UriKind.Relative), content);
        var imported = JsonElement.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal(HostileTexts.Named("Markdown's exports"), imported.Text("title"));
        Assert.Equal(HostileTexts.Named("a named event"), imported.Text("system"));
        Assert.Equal(
            HostileTexts.All.SelectMany(text => new[] { text.Text, text.Text }),
            (await fixture.Api.MessagesAsync(imported.Text("id")!)).Select(message => message.Text("content")));
    }

    [Fact]
    public async Task Nobody_makes_an_entry_in_the_log_of_his_own()
    {
        const string Forged = "12:00:00 crit: OrleansChat.Forged[1] All is lost";
        var before = fixture.Product.Log.Length;
        foreach (var path in new[] { "/", "/conversations/", "/v1/responses/", "/v1/chat/completions/", "/api/chat/", "/streams/", "/conversations/x/messages/" })
        {
            foreach (var end in new[] { "%0A", "%0D%0A", "%E2%80%A8", "%C2%85", "%1B%5B2J", "%00" })
            {
                using var response = await fixture.Api.Http.GetAsync(new Uri($"{path}a{end}{Uri.EscapeDataString(Forged)}", UriKind.Relative));
                Assert.InRange((int)response.StatusCode, 200, 499);
            }
        }

        foreach (var (_, text) in HostileTexts.All)
        {
            await fixture.Api.SendAsync(HttpMethod.Post, "/conversations", HttpStatusCode.BadRequest, new { model = $"{text[..Math.Min(60, text.Length)]}\n{Forged}" });
        }

        // A model that says it, where models are quoted.
        fixture.Model.Enqueue(ModelScript.Status(400, $$$"""{"error":{"code":"a\n{{{Forged}}}","message":"\r\n{{{Forged}}}"}}"""));
        using var failing = await fixture.Api.SendAndFollowAsync(await fixture.Api.CreateAsync(), "go");
        await failing.ToEndAsync();
        await fixture.Product.WaitForLogAsync("upstream_rejected", before);

        var log = fixture.Product.Log[before..];
        Assert.DoesNotContain(log.Split('\n'), line => line.StartsWith(Forged, StringComparison.Ordinal));
        Assert.DoesNotContain(log, c => char.IsControl(c) && c is not '\n' || c is '\u2028' or '\u2029');
    }

    [Fact]
    public async Task No_header_can_be_added_to_an_answer_or_a_request()
    {
        var address = fixture.Api.Http.BaseAddress!;
        foreach (var line in new[] { "Idempotency-Key: a\r\n b: c", "Idempotency-Key: a\0b", "Last-Event-ID: 1\rX-Forged: yes", "X-Conversation-Id: \u00e4\r" })
        {
            using var client = new TcpClient();
            await client.ConnectAsync(address.Host, address.Port);
            await client.Client.SendAsync(Encoding.Latin1.GetBytes($"GET /conversations HTTP/1.1\r\nHost: {address.Authority}\r\n{line}\r\nConnection: close\r\n\r\n"));
            using var reader = new StreamReader(client.GetStream(), Encoding.Latin1);
            var answer = await reader.ReadToEndAsync();

            Assert.True(answer.StartsWith("HTTP/1.1 400 ", StringComparison.Ordinal), $"{line}: {answer}");
            Assert.DoesNotContain("Forged", answer, StringComparison.OrdinalIgnoreCase);
        }

        // A tool's name and a chat's id stand in headers and paths elsewhere.
        foreach (var name in new[] { "a\r\nX-Forged: yes", "a b", "a\0", "</script>", "a\u2028b", new string('a', 65), "" })
        {
            await fixture.Api.SendAsync(
                HttpMethod.Post,
                $"/conversations/{await fixture.Api.CreateAsync()}/messages",
                HttpStatusCode.BadRequest,
                new { content = "a", options = new { tools = new[] { new { name } } } });
            await fixture.Api.SendAsync(
                HttpMethod.Post,
                "/v1/chat/completions",
                HttpStatusCode.BadRequest,
                new { model = "scripted", messages = new[] { new { role = "user", content = "a" } }, tools = new[] { new { type = "function", function = new { name } } } });
        }

        foreach (var id in new[] { "a\r\nX-Forged: yes", "a\0", "a\u0085", "../x", "a%0a" })
        {
            var body = new { id, messages = new[] { new { id = "m", role = "user", parts = new[] { new { type = "text", text = "a" } } } } };
            using var answer = await fixture.Api.RequestAsync(HttpMethod.Post, "/api/chat", body);
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        }
    }

    private async Task<SseConnection> SseOfAllAsync()
    {
        var feed = await SseConnection.OpenAsync(fixture.Api.Http, new HttpRequestMessage(HttpMethod.Get, "/events"));
        await feed.UntilAsync("snapshot");
        return feed;
    }
}
