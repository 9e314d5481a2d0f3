using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.NativeApi;

/// <summary>Conversations and their history, as callers see them; and what callers get who ask for the impossible.</summary>
public class ConversationTests(ProductFixture fixture) : IClassFixture<ProductFixture>
{
    [Fact]
    public async Task A_conversation_is_created_read_changed_and_deleted()
    {
        using var response = await fixture.Api.Http.PostAsync(
            new Uri("/conversations", UriKind.Relative),
            Json("""{"title":"Trip","model":"demo","system":"Be brief.","metadata":{"b":"2","a":"1"}}"""));
        var created = JsonElement.Parse(await response.Content.ReadAsStringAsync());
        var id = created.GetProperty("id").GetString();

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal($"/conversations/{id}", response.Headers.Location?.OriginalString);
        Assert.Equal(
            ["id", "title", "model", "system", "metadata", "created_at", "updated_at", "status", "sequence"],
            created.EnumerateObject().Select(property => property.Name));
        Assert.Equal("""{"a":"1","b":"2"}""", created.GetProperty("metadata").GetRawText());
        Assert.Equal(("idle", 1), (created.GetProperty("status").GetString(), created.GetProperty("sequence").GetInt32()));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", created.GetProperty("created_at").GetString()!);
        Assert.Equal(created.GetRawText(), (await fixture.Api.GetAsync($"/conversations/{id}")).GetRawText());

        var changed = await fixture.Api.SendAsync(
            HttpMethod.Patch, $"/conversations/{id}", body: new { title = (string?)null, metadata = new { c = "3" } });
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("title").ValueKind);
        Assert.Equal(("demo", "Be brief."), (changed.GetProperty("model").GetString(), changed.GetProperty("system").GetString()));
        Assert.Equal("""{"c":"3"}""", changed.GetProperty("metadata").GetRawText());
        Assert.Equal(2, changed.GetProperty("sequence").GetInt32());

        await fixture.Api.SendAsync(HttpMethod.Delete, $"/conversations/{id}", HttpStatusCode.NoContent);
        await fixture.Api.SendAsync(HttpMethod.Delete, $"/conversations/{id}", HttpStatusCode.NotFound);
        await fixture.Api.GetAsync($"/conversations/{id}", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_conversation_can_be_created_from_nothing()
    {
        using var response = await fixture.Api.Http.PostAsync(new Uri("/conversations", UriKind.Relative), null);

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
    }

    [Fact]
    public async Task Conversations_are_listed_newest_first_in_pages_that_stay_put()
    {
        var created = new List<string>();
        for (var i = 0; i < 7; i++)
        {
            created.Add(await fixture.Api.CreateAsync(new { title = $"No {i}" }));
        }

        var first = await fixture.Api.GetAsync("/conversations?limit=3");
        await fixture.Api.CreateAsync();
        var seen = IdsOf(first);
        var second = await fixture.Api.GetAsync($"/conversations?limit=3&after={seen[^1]}");
        seen.AddRange(IdsOf(second));

        Assert.True(first.GetProperty("has_more").GetBoolean());
        Assert.Equal(Enumerable.Reverse(created).Take(6), seen);
    }

    [Fact]
    public async Task The_history_is_listed_oldest_first_in_pages()
    {
        var conversation = await fixture.Api.CreateAsync(new { model = "demo" });
        for (var i = 0; i < 3; i++)
        {
            using var reader = await fixture.Api.SendAndFollowAsync(conversation, $"question {i} [demo: tokens=30]");
            await reader.ToEndAsync();
        }

        var first = await fixture.Api.GetAsync($"/conversations/{conversation}/messages?limit=4");
        var last = IdsOf(first)[^1];
        var second = await fixture.Api.GetAsync($"/conversations/{conversation}/messages?limit=4&after={last}");
        var messages = first.GetProperty("data").EnumerateArray().Concat(second.GetProperty("data").EnumerateArray()).ToArray();

        Assert.Equal((true, false), (first.GetProperty("has_more").GetBoolean(), second.GetProperty("has_more").GetBoolean()));
        Assert.Equal(["user", "assistant", "user", "assistant", "user", "assistant"], messages.Select(m => m.GetProperty("role").GetString()));
        Assert.Equal(messages.SkipLast(1).Select(m => m.GetProperty("id").GetString()), messages.Skip(1).Select(m => m.GetProperty("parent").GetString()));
        Assert.All(messages, message => Assert.Equal("completed", message.GetProperty("status").GetString()));
        Assert.Equal(30, messages[1].GetProperty("usage").GetProperty("output_tokens").GetInt32());
        Assert.Contains("built-in demo model", messages[1].GetProperty("content").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_models_are_listed_the_default_first_and_the_demo_is_labelled()
    {
        var models = (await fixture.Api.GetAsync("/models")).GetProperty("data").EnumerateArray().ToArray();

        Assert.Equal(("scripted", true), (models[0].GetProperty("id").GetString(), models[0].GetProperty("default").GetBoolean()));
        Assert.Contains(models, model => model.GetRawText() == """{"id":"demo","owned_by":"orleanschat-demo","default":false,"available":true}""");
    }

    [Theory]
    [InlineData("POST", "/conversations", """{"titel":"x"}""", 400, "titel")]
    [InlineData("POST", "/conversations", """{"title":7}""", 400, "$.title")]
    [InlineData("POST", "/conversations", """{"title":"a","title":"b"}""", 400, "title")]
    [InlineData("POST", "/conversations", """{"model":"no-such"}""", 400, "demo")]
    [InlineData("POST", "/conversations", """{"metadata":{"k":null}}""", 400, "metadata.k")]
    [InlineData("POST", "/conversations", """[]""", 400, "The body takes")]
    [InlineData("POST", "/conversations", """null""", 400, "It takes")]
    [InlineData("POST", "/conversations", """{"title":"x" """, 400, "The body")]
    [InlineData("PATCH", "/conversations/{id}", """{}""", 400, "changes nothing")]
    [InlineData("PATCH", "/conversations/{id}", """{"model":"no-such"}""", 400, "demo")]
    [InlineData("POST", "/conversations/{id}/messages", """{}""", 400, "'content' is missing")]
    [InlineData("POST", "/conversations/{id}/messages", """{"content":"  "}""", 400, "'content' is missing or blank")]
    [InlineData("POST", "/conversations/{id}/messages", """{"content":"\ud83d"}""", 400, "surrogate pair without the other, which is no text: in the text at byte 11.")]
    [InlineData("POST", "/conversations/{id}/messages", """{"content":"x","model":"no-such"}""", 400, "demo")]
    [InlineData("GET", "/conversations?limit=0", null, 400, "1 to 100")]
    [InlineData("GET", "/conversations?limit=101", null, 400, "1 to 100")]
    [InlineData("GET", "/conversations?limit=x", null, 400, "1 to 100")]
    [InlineData("GET", "/conversations?after=x", null, 400, "'after'")]
    [InlineData("GET", "/conversations/{id}/messages?after=msg_99", null, 400, "'after'")]
    [InlineData("GET", "/conversations/nonsense", null, 404, "no such conversation")]
    [InlineData("GET", "/conversations/conv_00000000000000000000000000", null, 404, "no such conversation")]
    [InlineData("GET", "/conversations/conv_00000000000000000000000000/events", null, 404, "no such conversation")]
    [InlineData("GET", "/conversations/conv_00000000000000000000000000/messages", null, 404, "no such conversation")]
    [InlineData("POST", "/conversations/conv_00000000000000000000000000/cancel", null, 404, "no such conversation")]
    [InlineData("POST", "/conversations/conv_00000000000000000000000000/messages", """{"content":"x"}""", 404, "no such conversation")]
    [InlineData("PUT", "/conversations", null, 405, "")]
    [InlineData("GET", "/nowhere", null, 404, "")]
    public async Task A_request_that_makes_no_sense_gets_a_problem_that_names_it(string method, string path, string? body, int status, string says)
    {
        var conversation = path.Contains("{id}", StringComparison.Ordinal) ? await fixture.Api.CreateAsync() : "";
        using var request = new HttpRequestMessage(new HttpMethod(method), path.Replace("{id}", conversation, StringComparison.Ordinal))
        {
            Content = body is null ? null : Json(body),
        };
        using var response = await fixture.Api.Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal(status, JsonElement.Parse(text).GetProperty("status").GetInt32());
        Assert.Contains(says, text, StringComparison.Ordinal);
        Assert.DoesNotContain("OrleansChat.", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bodies_that_are_too_large_or_not_JSON_are_refused()
    {
        var conversation = await fixture.Api.CreateAsync();
        var path = new Uri($"/conversations/{conversation}/messages", UriKind.Relative);

        // Asks first, as curl does: a server that refuses while the body is still being sent closes the connection under it.
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = Json($$"""{"content":"{{new string('x', 3 * 1024 * 1024)}}"}""") };
        request.Headers.ExpectContinue = true;
        using var tooLarge = await fixture.Api.Http.SendAsync(request);
        using var tooLong = await fixture.Api.Http.PostAsync(path, Json($$"""{"content":"{{new string('x', 262_145)}}"}"""));
        using var text = new StringContent("hello", Encoding.UTF8, "text/plain");
        using var notJson = await fixture.Api.Http.PostAsync(path, text);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, tooLarge.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        Assert.Contains("262144", await tooLong.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, notJson.StatusCode);
    }

    [Fact]
    public async Task The_longest_message_is_stored_and_comes_back_whole()
    {
        fixture.Model.Enqueue(ModelScript.Reply("ok"));
        var longest = string.Concat(Enumerable.Repeat("😀\"\n\u0001é", 262_144 / 6));
        var conversation = await fixture.Api.CreateAsync();
        using var reader = await fixture.Api.SendAndFollowAsync(conversation, longest);
        await reader.ToEndAsync();

        Assert.Equal(longest, reader.Events[0].Json.GetProperty("content").GetString());
        Assert.Equal("ok", reader.Text);
        var messages = await fixture.Api.GetAsync($"/conversations/{conversation}/messages");
        Assert.Equal(longest, messages.GetProperty("data")[0].GetProperty("content").GetString());
    }

    [Fact]
    public async Task The_OpenAPI_document_names_every_route()
    {
        var paths = (await fixture.Api.GetAsync("/openapi/v1.json")).GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name}"));

        Assert.Equal(
            [
                "DELETE /conversations/{id}", "DELETE /conversations/{id}/messages/{message}", "DELETE /conversations/{id}/queue/{message}",
                "DELETE /keys/{id}", "DELETE /session",
                "DELETE /v1/conversations/{id}", "DELETE /v1/conversations/{id}/items/{item}", "DELETE /v1/responses/{id}", "GET /api/chat/{id}",
                "GET /api/chat/{id}/stream", "GET /conversations", "GET /conversations/{id}", "GET /conversations/{id}/events",
                "GET /conversations/{id}/export", "GET /conversations/{id}/html/events", "GET /conversations/{id}/html/messages",
                "GET /conversations/{id}/html/messages/{message}", "GET /conversations/{id}/messages", "GET /conversations/{id}/messages/{message}",
                "GET /conversations/{id}/queue", "GET /events", "GET /health/live", "GET /health/ready", "GET /keys", "GET /models", "GET /session", "GET /stream",
                "GET /streams/{conversation}", "GET /streams/{conversation}/{message}", "GET /usage", "GET /v1/chat/completions/{id}",
                "GET /v1/conversations", "GET /v1/conversations/{id}", "GET /v1/conversations/{id}/items", "GET /v1/conversations/{id}/items/{item}",
                "GET /v1/models", "GET /v1/models/{id}", "GET /v1/responses/{id}", "GET /v1/responses/{id}/input_items", "HEAD /streams/{conversation}",
                "HEAD /streams/{conversation}/{message}", "PATCH /conversations/{id}", "POST /api/chat", "POST /api/chat/{id}/stop", "POST /chat",
                "POST /chat/stream", "POST /conversations", "POST /conversations/import", "POST /conversations/{id}/cancel",
                "POST /conversations/{id}/messages", "POST /conversations/{id}/messages/{message}/regenerate", "POST /conversations/{id}/tickets",
                "POST /keys", "POST /session", "POST /v1/chat/completions",
                "POST /v1/chat/completions/{id}/cancel", "POST /v1/conversations", "POST /v1/conversations/{id}", "POST /v1/conversations/{id}/items",
                "POST /v1/responses", "POST /v1/responses/{id}/cancel", "PUT /conversations/{id}/head",
            ],
            paths.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_product_whose_store_does_not_answer_says_that_it_is_not_ready_until_it_does()
    {
        // A product of its own: the others' tests wait for theirs to be ready.
        using var directory = new TemporaryDirectory();
        await using var product = await ProductProcess.StartAsync(directory.Path, ProductFixture.SettingsFor(fixture.Model));
        var check = Path.Combine(directory.Path, ".check");
        File.Delete(check);
        Directory.CreateDirectory(check);

        // The store is asked once a second, whoever asks.
        await UntilReadyIsAsync(HttpStatusCode.ServiceUnavailable);
        var answer = await product.Api.GetAsync("/health/ready", HttpStatusCode.ServiceUnavailable);

        Assert.Equal("not_ready", answer.GetProperty("status").GetString());
        Assert.Equal("The store does not answer.", answer.GetProperty("reason").GetString());
        Assert.Equal("live", (await product.Api.GetAsync("/health/live")).GetProperty("status").GetString());
        Directory.Delete(check);
        await UntilReadyIsAsync(HttpStatusCode.OK);
        Assert.Equal("ready", (await product.Api.GetAsync("/health/ready")).GetProperty("status").GetString());

        Task UntilReadyIsAsync(HttpStatusCode expected) => Waiting.ForAsync(async () =>
        {
            using var asked = await product.Api.RequestAsync(HttpMethod.Get, "/health/ready", body: null);
            return asked.StatusCode == expected;
        });
    }

    [Fact]
    public async Task The_page_and_the_health_checks_are_there()
    {
        var page = await fixture.Api.Http.GetStringAsync(new Uri("/", UriKind.Relative));

        Assert.Contains("<title>OrleansChat</title>", page, StringComparison.Ordinal);
        Assert.Equal("live", (await fixture.Api.GetAsync("/health/live")).GetProperty("status").GetString());
        Assert.Equal("ready", (await fixture.Api.GetAsync("/health/ready")).GetProperty("status").GetString());
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private static List<string> IdsOf(JsonElement page) =>
        [.. page.GetProperty("data").EnumerateArray().Select(item => item.GetProperty("id").GetString()!)];
}
