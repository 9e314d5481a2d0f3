using System.Net;
using System.Text.Json;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.NativeApi;

/// <summary>Tools, thinking, refusals, images and options: from the request to the model, into the journal and back.</summary>
public class ToolTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    private static readonly object Weather = new
    {
        name = "get_weather", parameters = new { type = "object", properties = new { city = new { type = "string" } } },
    };

    [Fact]
    public async Task Calls_are_streamed_answered_one_by_one_and_the_reply_comes_when_all_are()
    {
        fixture.Model.Enqueue(
            ModelScript.Stream.Reasoning("Two", " cities.").ToolCall(0, "call_a", "get_weather", "{\"city\": ", "\"Paris\"}")
                .ToolCall(1, "call_b", "get_weather", "{}").Finish("tool_calls").Done(),
            ModelScript.Reply("Mild."));
        var id = await fixture.Api.CreateAsync();
        using var asked = await fixture.Api.PostAndFollowAsync(
            $"/conversations/{id}/messages", new { content = "Weather?", options = new { tools = new[] { Weather }, temperature = 0.5, seed = 7 } });
        await asked.ToEndAsync();

        Assert.Equal("tool_calls", asked.Events[^1].Json.GetProperty("finish_reason").GetString());
        Assert.Equal("Two cities.", Joined(asked.Events.Where(e => e.Type == "reply.reasoning").Select(e => e.Json), "text"));
        Assert.Equal("{\"city\": \"Paris\"}{}", Joined(asked.Events.Where(e => e.Type == "reply.tool_call").Select(e => e.Json), "arguments"));
        var reply = await fixture.Api.LastMessageAsync(id);
        Assert.Equal(
            """[{"id":"call_a","name":"get_weather","arguments":"{\u0022city\u0022: \u0022Paris\u0022}"},{"id":"call_b","name":"get_weather","arguments":"{}"}]""",
            JsonSerializer.Serialize(reply.GetProperty("tool_calls")));
        Assert.Equal("Two cities.", reply.GetProperty("reasoning")[0].GetProperty("text").GetString());
        Assert.Equal(0.5, reply.GetProperty("options").GetProperty("temperature").GetDouble());

        var refused = await fixture.Api.PostAsync($"/conversations/{id}/messages", Answers(("call_x", "?")), HttpStatusCode.BadRequest);
        Assert.Equal("unknown_tool_call", refused.GetProperty("code").GetString());
        Assert.Equal(["call_a", "call_b"], refused.GetProperty("open_tool_calls").EnumerateArray().Select(call => call.GetString()));

        var first = await fixture.Api.PostAsync($"/conversations/{id}/messages", Answers(("call_b", "9 °C")), HttpStatusCode.Accepted);
        Assert.Equal(JsonValueKind.Null, first.GetProperty("reply").ValueKind);
        Assert.Equal(["call_a"], first.GetProperty("open_tool_calls").EnumerateArray().Select(call => call.GetString()));
        using var answered = await fixture.Api.PostAndFollowAsync($"/conversations/{id}/messages", Answers(("call_a", "12 °C")));
        await answered.ToEndAsync();

        Assert.Equal("Mild.", answered.Text);
        var requests = fixture.Model.Requests.TakeLast(2).Select(request => request.Json).ToList();
        Assert.Equal(7, requests[0].GetProperty("seed").GetInt64());
        Assert.Equal("get_weather", requests[0].GetProperty("tools")[0].GetProperty("function").GetProperty("name").GetString());
        var messages = requests[1].GetProperty("messages").EnumerateArray().ToList();
        Assert.Equal(["user", "assistant", "tool", "tool"], messages.Select(message => message.GetProperty("role").GetString()));
        Assert.Equal("{\"city\": \"Paris\"}", messages[1].GetProperty("tool_calls")[0].GetProperty("function").GetProperty("arguments").GetString());
        Assert.Equal("9 °C", messages[2].GetProperty("content").GetString());
    }

    [Fact]
    public async Task Answers_that_are_repeated_with_their_key_are_stored_once()
    {
        fixture.Model.Enqueue(ModelScript.Stream.ToolCall(0, "call_a", "f", "{}").ToolCall(1, "call_b", "f", "{}").Finish("tool_calls").Done());
        var id = await AskedAsync("go");

        var first = await PostWithKeyAsync(id, "k1", Answers(("call_a", "1")));
        var again = await PostWithKeyAsync(id, "k1", Answers(("call_a", "1")));

        Assert.Equal(first.GetRawText(), again.GetRawText());
        Assert.Equal(3, (await fixture.Api.MessagesAsync(id)).Count);
    }

    [Fact]
    public async Task A_refusal_is_what_the_reply_says_instead_of_text()
    {
        fixture.Model.Enqueue(ModelScript.Stream.Refusal("I ", "won't.").Finish().Done());
        var id = await AskedAsync("Do it");

        var reply = await fixture.Api.LastMessageAsync(id);
        Assert.Equal(("", "I won't."), (reply.GetProperty("content").GetString(), reply.GetProperty("refusal").GetString()));
    }

    [Fact]
    public async Task Images_go_to_the_model_and_stay_in_the_message()
    {
        fixture.Model.Enqueue(ModelScript.Reply("A dot."));
        var id = await fixture.Api.CreateAsync();
        var parts = new object[]
        {
            new { type = "text", text = "What" }, new { type = "image", url = "https://x.example/a.png" },
            new { type = "image", url = "data:image/gif;base64,R0lGODlhAQABAAAAACw=", detail = "low" }, new { type = "text", text = "is it?" },
        };
        using var reader = await fixture.Api.PostAndFollowAsync($"/conversations/{id}/messages", new { parts });
        await reader.ToEndAsync();

        var message = (await fixture.Api.MessagesAsync(id))[0];
        Assert.Equal("What\nis it?", message.GetProperty("content").GetString());
        Assert.Equal(4, message.GetProperty("parts").GetArrayLength());
        var content = fixture.Model.Requests[^1].Json.GetProperty("messages")[0].GetProperty("content");
        Assert.Equal("https://x.example/a.png", content[1].GetProperty("image_url").GetProperty("url").GetString());
        Assert.Equal("data:image/gif;base64,R0lGODlhAQABAAAAACw=", content[2].GetProperty("image_url").GetProperty("url").GetString());
    }

    [Theory]
    [InlineData("""{"content":"x","parts":[{"type":"text","text":"y"}]}""", "'content'")]
    [InlineData("""{"parts":[]}""", "parts")]
    [InlineData("""{"parts":[{"type":"image","url":"http://x.example/a.png"}]}""", "https")]
    [InlineData("""{"parts":[{"type":"image","url":"data:image/svg+xml;base64,AAAA"}]}""", "image/png")]
    [InlineData("""{"parts":[{"type":"image","url":"data:image/png;base64,AAA"}]}""", "Base64")]
    [InlineData("""{"parts":[{"type":"text","text":" "}]}""", "says nothing")]
    [InlineData("""{"tool_results":[{"tool_call_id":"a"}]}""", "content")]
    [InlineData("""{"content":"x","options":{"temperature":2.5}}""", "temperature")]
    [InlineData("""{"content":"x","options":{"top_p":1.5}}""", "top_p")]
    [InlineData("""{"content":"x","options":{"max_output_tokens":0}}""", "max_output_tokens")]
    [InlineData("""{"content":"x","options":{"stop":[""]}}""", "stop")]
    [InlineData("""{"content":"x","options":{"response_format":{"type":"json_schema"}}}""", "schema")]
    [InlineData("""{"content":"x","options":{"tools":[{"name":"a b"}]}}""", "tools[0]")]
    [InlineData("""{"content":"x","options":{"tools":[{"name":"a"},{"name":"a"}]}}""", "tools[1]")]
    [InlineData("""{"content":"x","options":{"tools":[{"name":"a"}],"tool_choice":{"name":"b"}}}""", "tool_choice")]
    [InlineData("""{"content":"x","options":{"tool_choice":"auto"}}""", "tool_choice")]
    [InlineData("""{"content":"x","options":{"tool_choice":"maybe","tools":[{"name":"a"}]}}""", "tool_choice")]
    [InlineData("""{"content":"x","options":{"frequency_penalty":2.5}}""", "frequency_penalty")]
    [InlineData("""{"content":"x","options":{"presence_penalty":-2.5}}""", "presence_penalty")]
    [InlineData("""{"content":"x","options":{"reasoning_effort":"extreme"}}""", "reasoning_effort")]
    [InlineData("""{"content":"x","options":{"reasoning_effort":7}}""", "reasoning_effort")]
    [InlineData("""{"content":"x","options":{"colour":"red"}}""", "options")]
    public async Task What_is_not_allowed_is_refused_with_its_name(string body, string named)
    {
        var id = await fixture.Api.CreateAsync();

        var problem = await fixture.Api.PostAsync($"/conversations/{id}/messages", JsonElement.Parse(body), HttpStatusCode.BadRequest);

        Assert.Equal("invalid_request", problem.GetProperty("code").GetString());
        Assert.Contains(named, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Images_and_schemas_have_a_size()
    {
        var id = await fixture.Api.CreateAsync();
        var image = $"data:image/png;base64,{new string('A', 1_400_000)}";
        var large = await fixture.Api.PostAsync(
            $"/conversations/{id}/messages", new { parts = new[] { new { type = "image", url = image } } }, HttpStatusCode.BadRequest);
        var tools = new[] { new { name = "f", description = new string('x', 65_537) } };
        var schemas = await fixture.Api.PostAsync($"/conversations/{id}/messages", new { content = "x", options = new { tools } }, HttpStatusCode.BadRequest);

        Assert.Contains("1048576", large.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Contains("65536", schemas.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("jsonl", "application/jsonl")]
    [InlineData("markdown", "text/markdown")]
    public async Task An_export_has_all_of_it_and_comes_back_the_same(string format, string type)
    {
        fixture.Model.Enqueue(
            ModelScript.Stream.Reasoning("Hm", "m\n-->").Text("Wait").ToolCall(0, "call_a", "f", "{\"a\":", "1}").Finish("tool_calls").Done(),
            ModelScript.Stream.Refusal("No", ".").Finish().Done());
        var id = await fixture.Api.CreateAsync();
        var parts = new object[] { new { type = "text", text = "Look" }, new { type = "image", url = "https://x.example/a.png", detail = "high" } };
        var tools = new[] { new { name = "f", description = "a --> b", strict = true } };
        using (var asked = await fixture.Api.PostAndFollowAsync($"/conversations/{id}/messages", new { parts, options = new { tools, stop = new[] { "END" } } }))
        {
            await asked.ToEndAsync();
        }

        using (var answered = await fixture.Api.PostAndFollowAsync($"/conversations/{id}/messages", Answers(("call_a", "<!-- orleanschat content -->\n\n42"))))
        {
            await answered.ToEndAsync();
        }

        var first = await ImportAsync(await ExportAsync(id, format), type);
        var exported = await ExportAsync(first, format);
        var second = await ImportAsync(exported, type);

        Assert.Equal(exported.Replace(first, "ID", StringComparison.Ordinal), (await ExportAsync(second, format)).Replace(second, "ID", StringComparison.Ordinal));
        var (here, there) = (await fixture.Api.MessagesAsync(id), await fixture.Api.MessagesAsync(second));
        Assert.Equal(4, there.Count);
        foreach (var property in new[] { "content", "parts", "reasoning", "tool_calls", "tool_results", "refusal", "options" })
        {
            Assert.Equal(here.Select(message => TextOf(message, property)), there.Select(message => TextOf(message, property)));
        }
    }

    [Fact]
    public async Task The_demo_model_shows_it_without_a_key()
    {
        var id = await fixture.Api.CreateAsync(new { model = "demo" });
        using (var asked = await fixture.Api.PostAndFollowAsync($"/conversations/{id}/messages", new { content = "[demo: think call=2]", options = new { tools = new[] { Weather } } }))
        {
            await asked.ToEndAsync();
        }

        var calls = (await fixture.Api.LastMessageAsync(id)).GetProperty("tool_calls").EnumerateArray().Select(call => call.GetProperty("id").GetString()!).ToList();
        using var answered = await fixture.Api.PostAndFollowAsync($"/conversations/{id}/messages", Answers([.. calls.Select(call => (call, "12 °C"))]));
        await answered.ToEndAsync();

        Assert.Equal(2, calls.Count);
        Assert.Contains("12 °C", answered.Text, StringComparison.Ordinal);
    }

    private static object Answers(params (string Call, string Content)[] answers) =>
        new { tool_results = answers.Select(answer => new { tool_call_id = answer.Call, content = answer.Content }) };

    private static string Joined(IEnumerable<JsonElement> events, string property) =>
        string.Concat(events.Select(e => e.GetProperty(property).GetString()));

    private static string TextOf(JsonElement message, string property) =>
        message.TryGetProperty(property, out var value) ? value.GetRawText() : "";

    private async Task<string> AskedAsync(string content)
    {
        var id = await fixture.Api.CreateAsync();
        using var reader = await fixture.Api.SendAndFollowAsync(id, content);
        await reader.ToEndAsync();
        return id;
    }

    private async Task<JsonElement> PostWithKeyAsync(string id, string key, object body)
    {
        using var response = await fixture.Api.RequestAsync(HttpMethod.Post, $"/conversations/{id}/messages", body, ("Idempotency-Key", key));
        return JsonElement.Parse(await response.Content.ReadAsStringAsync());
    }

    private Task<string> ExportAsync(string id, string format) =>
        fixture.Api.Http.GetStringAsync(new Uri($"/conversations/{id}/export?format={format}", UriKind.Relative));

    private async Task<string> ImportAsync(string text, string type)
    {
        using var content = new StringContent(text, new System.Net.Http.Headers.MediaTypeHeaderValue(type));
        using var response = await fixture.Api.Http.PostAsync(new Uri("/conversations/import", UriKind.Relative), content);
        var answer = await response.Content.ReadAsStringAsync();
        Assert.True(response.StatusCode == HttpStatusCode.Created, answer);
        return JsonElement.Parse(answer).GetProperty("id").GetString()!;
    }
}
