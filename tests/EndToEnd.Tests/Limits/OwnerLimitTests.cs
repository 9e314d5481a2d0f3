using System.Globalization;
using System.Net;
using System.Text.Json;
using OrleansChat.EndToEnd.Tests.AiSdk;
using OrleansChat.EndToEnd.Tests.ChatCompletions;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.Limits;

/// <summary>What an owner gets who has as much as he may.</summary>
public class OwnerLimitTests(LimitsFixture fixture) : IClassFixture<LimitsFixture>
{
    [Fact]
    public async Task Every_answer_says_how_its_caller_is_limited_and_what_is_left()
    {
        var (api, other) = (fixture.As("told"), fixture.As("streams"));
        using var first = await api.RequestAsync(HttpMethod.Get, "/conversations", null);
        using var second = await api.RequestAsync(HttpMethod.Get, "/v1/models", null);

        Assert.Equal(
            "\"requests\";q=600;w=60, \"replies\";q=16;qu=\"concurrent-requests\", \"connections\";q=64;qu=\"concurrent-requests\"",
            Header(first, "RateLimit-Policy"));
        Assert.Equal(Header(first, "RateLimit-Policy"), Header(second, "RateLimit-Policy"));
        Assert.Equal((599, 598), (LeftIn(first), LeftIn(second)));

        // Each has his own.
        using var others = await other.RequestAsync(HttpMethod.Get, "/conversations", null);
        Assert.EndsWith("\"connections\";q=2;qu=\"concurrent-requests\", \"tokens\";q=1000000;qu=\"tokens\";w=86400", Header(others, "RateLimit-Policy"), StringComparison.Ordinal);

        // And whoever makes a mistake.
        using var mistaken = await api.RequestAsync(HttpMethod.Post, "/conversations", new { title = 1 });
        Assert.Equal((400, 597, Header(first, "RateLimit-Policy")), ((int)mistaken.StatusCode, LeftIn(mistaken), Header(mistaken, "RateLimit-Policy")));

        // Who asks whether the process lives is nobody's client.
        using var health = await api.RequestAsync(HttpMethod.Get, "/health/live", null);
        Assert.Equal("", Header(health, "RateLimit-Policy"));
    }

    [Fact]
    public async Task After_as_many_requests_as_there_are_in_a_minute_all_are_refused_until_it_is_over_whatever_they_speak()
    {
        var api = fixture.As("rate");
        for (var i = 0; i < 5; i++)
        {
            using var served = await api.RequestAsync(HttpMethod.Get, "/conversations", null);
            Assert.Equal((HttpStatusCode.OK, 4 - i), (served.StatusCode, LeftIn(served)));
        }

        using var native = await api.RequestAsync(HttpMethod.Get, "/conversations", null);
        var problem = JsonElement.Parse(await native.Content.ReadAsStringAsync());
        var pause = problem.GetProperty("retry_after").GetInt32();
        Assert.Equal((429, "too_many_requests", 5), ((int)native.StatusCode, problem.Text("code"), problem.GetProperty("limit").GetInt32()));
        Assert.InRange(pause, 1, 60);
        Assert.Equal((TimeSpan.FromSeconds(pause), 0), (native.Headers.RetryAfter!.Delta, LeftIn(native)));

        using var openAi = await api.RequestAsync(HttpMethod.Get, "/v1/models", null);
        var error = JsonElement.Parse(await openAi.Content.ReadAsStringAsync()).GetProperty("error");
        Assert.Equal((429, "rate_limit_error", "too_many_requests"), ((int)openAi.StatusCode, error.Text("type"), error.Text("code")));
        Assert.InRange(openAi.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, pause);
        using var aiSdk = await api.RequestAsync(HttpMethod.Get, "/api/chat/c1", null);
        Assert.Equal((429, "too_many_requests"), ((int)aiSdk.StatusCode, Header(aiSdk, "X-Error-Code")));
        using var health = await api.RequestAsync(HttpMethod.Get, "/health/ready", null);
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task No_more_replies_run_at_once_than_may_and_as_soon_as_one_has_ended_another_does()
    {
        var api = fixture.As("replies");
        var (first, second, third) = (await StartAsync(api), await StartAsync(api), await api.CreateAsync());
        using (var refused = await api.RequestAsync(HttpMethod.Post, $"/conversations/{third}/messages", new { content = "go" }))
        {
            var problem = JsonElement.Parse(await refused.Content.ReadAsStringAsync());
            Assert.Equal((429, "5", "too_many_replies"), ((int)refused.StatusCode, Header(refused, "Retry-After"), problem.Text("code")));
            Assert.Equal((2, 5, "replies"), (problem.GetProperty("limit").GetInt32(), problem.GetProperty("retry_after").GetInt32(), problem.GetProperty("violated-policies")[0].GetString()));
        }

        // Nothing was stored; a conversation may reply to one after the other; what waits is not refused; others are not concerned.
        Assert.Empty(await api.MessagesAsync(third));
        fixture.Model.Enqueue(ModelScript.Stream.Text("three").Stall());
        using (var interrupting = await api.PostAndFollowAsync($"/conversations/{second}/messages", new { content = "go", on_busy = "interrupt" }))
        {
            await interrupting.UntilAsync("reply.delta");
        }

        await api.PostAsync($"/conversations/{first}/messages", new { content = "next", on_busy = "queue" }, HttpStatusCode.Accepted);
        fixture.Model.Enqueue(ModelScript.Reply("hers"));
        Assert.Equal(HttpStatusCode.OK, (await fixture.As("she").SendAsync(new { messages = CompletionClient.Ask("go") })).Status);

        // Each dialect says it in its own words.
        var (status, headers, body) = await api.SendAsync(new { messages = CompletionClient.Ask("go") });
        Assert.Equal((HttpStatusCode.TooManyRequests, "5"), (status, headers.RetryAfter?.ToString()));
        Assert.Equal(("rate_limit_error", "too_many_replies"), (body.GetProperty("error").Text("type"), body.GetProperty("error").Text("code")));
        using (var chat = await api.RequestAsync(HttpMethod.Post, "/api/chat", new { id = "c1", messages = new[] { ChatPage.User("m1", "go") } }))
        {
            Assert.Equal((429, "too_many_replies", "5"), ((int)chat.StatusCode, Header(chat, "X-Error-Code"), Header(chat, "Retry-After")));
            Assert.StartsWith("2 of your replies run", await chat.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        }

        await NothingIsLeftOfWhatIsRefusedAsync(api);

        // What waited takes the place of what it waited for; after it there is one again.
        fixture.Model.Enqueue(ModelScript.Reply("queued"));
        await api.PostAsync($"/conversations/{first}/cancel", new { });
        using (var reader = await api.FollowAsync(first, "until=idle"))
        {
            await reader.ToEndAsync();
        }

        fixture.Model.Enqueue(ModelScript.Reply("free"));
        using (var reader = await UntilServedAsync(() => api.SendAndFollowAsync(third, "go")))
        {
            await reader.ToEndAsync();
            Assert.Equal("free", reader.Text);
        }

        await api.SendAsync(HttpMethod.Delete, $"/conversations/{second}", HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task No_more_connections_are_held_at_once_than_may_and_a_refused_request_has_done_nothing()
    {
        var api = fixture.As("streams");
        var conversation = await api.CreateAsync();
        using var first = await api.FollowAsync(conversation);
        var second = await api.FollowAsync(conversation);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.OK), (first.Status, second.Status));

        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, $"/conversations/{conversation}/events", null),
            (HttpMethod.Get, $"/conversations/{conversation}/html/events", null),
            (HttpMethod.Get, "/events", null),
            (HttpMethod.Get, $"/conversations/{conversation}/export", null),
            (HttpMethod.Post, "/conversations/import", new { type = "conversation", version = 1 }),
            (HttpMethod.Get, $"/streams/{conversation}?live=sse&offset=-1", null),
            (HttpMethod.Get, "/stream?prompt=go", null),
            (HttpMethod.Post, "/chat?message=go", null),
            (HttpMethod.Post, "/chat/stream", new { messages = CompletionClient.Ask("go") }),
            (HttpMethod.Post, $"/conversations/{conversation}/messages", new { content = "go" }),
            (HttpMethod.Post, "/v1/chat/completions", new { messages = CompletionClient.Ask("go") }),
            (HttpMethod.Post, "/v1/responses", new { input = "go" }),
            (HttpMethod.Post, "/api/chat", new { id = "c2", messages = new[] { ChatPage.User("m1", "go") } }),
        })
        {
            using var refused = await api.RequestAsync(method, path, body, ("Accept", "text/event-stream"));
            Assert.True(refused.StatusCode == HttpStatusCode.TooManyRequests, $"{method} {path}: {refused.StatusCode}");
            Assert.Equal("5", Header(refused, "Retry-After"));
        }

        var (_, _, error) = await api.SendAsync(new { messages = CompletionClient.Ask("go") });
        Assert.Equal("too_many_streams", error.GetProperty("error").Text("code"));

        // What does not hold on to its connection is served, and a place that gets free is anybody's.
        Assert.Empty(await api.MessagesAsync(conversation));
        second.Dispose();
        using var next = await UntilServedAsync(() => api.FollowAsync(conversation));
    }

    // Whoever looks through his conversations afterwards finds none that he has never had.
    private static async Task NothingIsLeftOfWhatIsRefusedAsync(ChatApi api)
    {
        var before = await ListAsync();
        object[] history = [new { role = "user", content = "one" }, new { role = "assistant", content = "two" }, new { role = "user", content = "go" }];
        foreach (var (method, path, body) in new (HttpMethod, string, object?)[]
        {
            (HttpMethod.Get, "/stream?prompt=go", null),
            (HttpMethod.Post, "/chat?message=go", null),
            (HttpMethod.Post, "/chat/stream", new { messages = history }),
            (HttpMethod.Post, "/v1/chat/completions", new { messages = history, store = true }),
            (HttpMethod.Post, "/v1/responses", new { input = history }),
            (HttpMethod.Post, "/api/chat", new { id = "refused", messages = new[] { ChatPage.User("m1", "go") } }),
        })
        {
            foreach (var key in new[] { path, path, null })
            {
                (string, string)[] headers = key is null ? [] : [("Idempotency-Key", key)];
                using var refused = await api.RequestAsync(method, path, body, headers);
                Assert.True(refused.StatusCode == HttpStatusCode.TooManyRequests, $"{method} {path}: {refused.StatusCode}");
                Assert.Equal("", Header(refused, "X-Conversation-Id"));
            }
        }

        // Nor of what makes no sense.
        using var senseless = await api.RequestAsync(
            HttpMethod.Post, "/api/chat", new { id = "senseless", messages = new[] { new { role = "assistant", parts = new[] { new { type = "text", text = "x" } } } } });
        Assert.Equal(HttpStatusCode.BadRequest, senseless.StatusCode);
        Assert.Equal(before, await ListAsync());

        async Task<List<string>> ListAsync() =>
            [.. (await api.GetAsync("/conversations?limit=100")).GetProperty("data").EnumerateArray().Select(each => each.Text("id")!)];
    }

    private static string Header(HttpResponseMessage response, string name) => response.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";

    private static int LeftIn(HttpResponseMessage response) => int.Parse(Header(response, "RateLimit").Split(";r=")[1].Split(';')[0], CultureInfo.InvariantCulture);

    // What has just ended, or was closed, may be counted for a moment.
    private static async Task<SseConnection> UntilServedAsync(Func<Task<SseConnection>> open)
    {
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            var connection = await open();
            if (connection.Status == HttpStatusCode.OK)
            {
                return connection;
            }

            connection.Dispose();
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private async Task<string> StartAsync(ChatApi api)
    {
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Stall());
        var conversation = await api.CreateAsync();
        using var reader = await api.SendAndFollowAsync(conversation, "go");
        await reader.UntilAsync("reply.delta");
        return conversation;
    }
}
