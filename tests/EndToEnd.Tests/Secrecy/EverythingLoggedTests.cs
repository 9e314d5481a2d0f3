using System.Net;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Telemetry;

namespace OrleansChat.EndToEnd.Tests.Secrecy;

/// <summary>
/// Somebody who looks for a fault has everything logged, by everybody. Not even then does the log have what people and models say, or
/// what opens anything.
/// </summary>
public sealed class EverythingLoggedTests
{
    private const string Key = "canary-key-of-the-provider";

    [Fact]
    public async Task Nothing_that_anybody_says_and_no_key_is_logged_even_so()
    {
        using var directory = new TemporaryDirectory();
        await using var receiver = await OtlpReceiver.StartAsync();
        await using var model = await ModelServer.StartAsync();
        await using var product = await ProductProcess.StartAsync(
            directory.Path,
            [
                .. ProductFixture.SettingsFor(model),
                ("Models__scripted__ApiKey", Key),
                .. receiver.Settings,
                ("Logging__LogLevel__Default", "Trace"),
                ("Logging__LogLevel__Microsoft", "Trace"),
                ("Logging__LogLevel__Microsoft.AspNetCore", "Trace"),
                ("Logging__LogLevel__Orleans", "Trace"),
                ("Logging__LogLevel__System", "Trace"),
            ]);
        var api = product.Api;
        api.Http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer canary-key-of-the-caller");
        api.Http.DefaultRequestHeaders.TryAddWithoutValidation("Cookie", "session=canary-cookie-of-the-caller");
        model.Enqueue(
            ModelScript.Reply("canary-answer-one"),
            ModelScript.Stream.Reasoning("canary-thoughts-one").ToolCall(0, "call_1", "look", """{"q":"canary-arguments"}""").Finish("tool_calls").Done(),
            ModelScript.Reply("canary-answer-two"),
            ModelScript.Status(401, $$$"""{"error":{"message":"No {{{Key}}} for canary-message-three"}}"""),
            ModelScript.Stream.Text("canary-half-an-answer").Error("server_error", message: "canary-message-four"));

        var conversation = await api.CreateAsync(
            new { title = "canary-title-one", system = "canary-system-prompt", metadata = new { about = "canary-metadata-value" } });
        await FollowAsync("canary-message-one");
        var tools = new[] { new { name = "look", description = "canary-description" } };
        using (var called = await api.PostAndFollowAsync($"/conversations/{conversation}/messages", new { content = "canary-message-two", options = new { tools } }))
        {
            await called.ToEndAsync();
        }

        using (var answered = await api.PostAndFollowAsync(
            $"/conversations/{conversation}/messages", new { tool_results = new[] { new { tool_call_id = "call_1", content = "canary-tool-result" } } }))
        {
            await answered.ToEndAsync();
        }

        await FollowAsync("canary-message-three");
        await FollowAsync("canary-message-four");
        await api.PostAsync("/v1/chat/completions", new { model = "scripted", messages = new[] { new { role = "user", content = "canary-completion" } } });
        await api.PostAsync("/v1/responses", new { model = "scripted", input = "canary-response-input", instructions = "canary-instructions" });
        await ReadAsync(HttpMethod.Post, "/api/chat", new { id = "chat", messages = new[] { new { id = "m", role = "user", parts = new[] { new { type = "text", text = "canary-part-of-chat" } } } } });
        await ReadAsync(HttpMethod.Get, "/stream?prompt=canary-prompt-in-query");
        await ReadAsync(HttpMethod.Post, "/chat?message=canary-message-in-query");
        await ReadAsync(HttpMethod.Get, "/conversations?q=canary-words-sought");
        await ReadAsync(HttpMethod.Get, $"/conversations/{await api.CreateAsync()}/events?until=idle&ticket=canary-ticket-in-query");
        await ReadAsync(HttpMethod.Get, $"/conversations/{conversation}/export?format=markdown");
        await ReadAsync(HttpMethod.Post, "/conversations", new { title = 7, system = "canary-in-a-mistake" });
        await ReadAsync(HttpMethod.Post, "/conversations", new { title = new string('x', 300), system = "canary-too-long-a-title" });
        await product.StopAsync();

        Assert.Contains("Microsoft.AspNetCore.Routing", product.Log, StringComparison.Ordinal);
        Assert.Contains(Key, model.Requests[0].Headers["Authorization"], StringComparison.Ordinal);
        Assert.Contains("canary-tool-result", model.Requests[2].Body, StringComparison.Ordinal);
        Assert.DoesNotContain(product.Log.Split('\n'), line => line.Contains("canary", StringComparison.Ordinal));
        Assert.False(receiver.HasHeard("canary"), "Something that was said, or a key, was exported.");

        async Task FollowAsync(string content)
        {
            using var reply = await api.SendAndFollowAsync(conversation, content);
            await reply.ToEndAsync();
        }

        async Task ReadAsync(HttpMethod method, string path, object? body = null)
        {
            using var response = await api.RequestAsync(method, path, body);
            Assert.NotEqual(HttpStatusCode.InternalServerError, response.StatusCode);
            if (!response.IsSuccessStatusCode)
            {
                Assert.DoesNotContain("canary", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
            }
        }
    }
}
