using System.Net.Http.Json;
using OrleansChat.EndToEnd.Tests.AiSdk;
using OrleansChat.EndToEnd.Tests.ChatCompletions;

namespace OrleansChat.EndToEnd.Tests.Edge;

/// <summary>What a page of another website reads of an answer's headers: whatever a dialect says in them.</summary>
public sealed class ExposedHeadersTests(EdgeFixture fixture) : IClassFixture<EdgeFixture>
{
    // For browsers and what stands before them, not for scripts; and what scripts may read in any case.
    private static readonly HashSet<string> NotForScripts = new(StringComparer.OrdinalIgnoreCase)
    {
        "Access-Control-Allow-Origin", "Access-Control-Expose-Headers", "Connection", "Content-Security-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy", "Date",
        "Permissions-Policy", "Referrer-Policy", "Transfer-Encoding", "Vary", "X-Accel-Buffering", "X-Content-Type-Options", "X-Frame-Options", "Cache-Control",
    };

    [Fact]
    public async Task A_website_that_is_configured_may_read_every_header_that_a_dialect_sets()
    {
        var told = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var first = await AskAsync(HttpMethod.Post, "/api/chat", new { id = "headers", messages = new[] { ChatPage.User("q1", "go") } });
        var conversation = first.GetValues("X-Conversation-Id").Single();
        var run = first.GetValues("X-Workflow-Run-Id").Single();
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, $"/api/chat/{run}/stream", null),
            (HttpMethod.Post, "/api/chat", new { id = "headers" }),
            (HttpMethod.Get, $"/streams/{conversation}?offset=-1", null),
            (HttpMethod.Get, $"/streams/{conversation}?offset=-1&live=long-poll", null),
            (HttpMethod.Get, $"/streams/{conversation}/msg_2?offset=-1", null),
            (HttpMethod.Post, "/v1/chat/completions", new { messages = CompletionClient.Ask("go") }),
            (HttpMethod.Post, "/v1/chat/completions", new { messages = "nothing" }),
            (HttpMethod.Post, "/v1/responses", new { input = "go", stream = true }),
            (HttpMethod.Post, "/chat?message=go", null),
            (HttpMethod.Get, "/stream?prompt=go", null),
            (HttpMethod.Post, "/conversations", new { title = "A" }),
            (HttpMethod.Get, $"/conversations/{conversation}", null),
            (HttpMethod.Get, $"/conversations/{conversation}/export", null),
            (HttpMethod.Get, $"/conversations/{conversation}/html/messages", null),
        })
        {
            await AskAsync(method, path, body);
        }

        Assert.Empty(new[] { "X-Workflow-Stream-Tail-Index", "Stream-Cursor", "Stream-Closed", "X-Error-Code", "X-Should-Retry", "ETag" }.Except(told, StringComparer.OrdinalIgnoreCase));

        async Task<System.Net.Http.Headers.HttpResponseHeaders> AskAsync(HttpMethod method, string path, object? body)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
            request.Headers.TryAddWithoutValidation("Origin", EdgeFixture.Friend);
            using var response = await fixture.Api.Http.SendAsync(request);
            await response.Content.ReadAsByteArrayAsync();
            var exposed = response.Headers.GetValues("Access-Control-Expose-Headers").SelectMany(each => each.Split(',')).Select(each => each.Trim());
            var names = response.Headers.Select(header => header.Key).Where(name => !NotForScripts.Contains(name)).ToList();
            var hidden = string.Join(", ", names.Except(exposed, StringComparer.OrdinalIgnoreCase));
            Assert.True(hidden.Length == 0, $"{method} {path} hides {hidden}");
            told.UnionWith(names);
            return response.Headers;
        }
    }
}
