using System.Text.Json;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.Limits;

/// <summary>What a request, and a conversation, may hold.</summary>
public class RequestLimitTests(LimitsFixture fixture) : IClassFixture<LimitsFixture>
{
    private readonly ChatApi api = fixture.As("somebody");

    [Fact]
    public async Task A_conversation_is_full_at_some_time()
    {
        var conversation = await api.CreateAsync();
        for (var i = 0; i < 2; i++)
        {
            fixture.Model.Enqueue(ModelScript.Reply("done"));
            using var reader = await api.SendAndFollowAsync(conversation, "go");
            await reader.ToEndAsync();
        }

        var (status, problem) = await PostAsync($"/conversations/{conversation}/messages", new { content = "more" });
        Assert.Equal((409, "history_full", 4, 65_536), (status, problem.Text("code"), problem.GetProperty("limit_messages").GetInt32(), problem.GetProperty("limit_bytes").GetInt32()));
        (status, problem) = await PostAsync($"/conversations/{conversation}/messages/msg_2/regenerate", null);
        Assert.Equal((409, "history_full"), (status, problem.Text("code")));

        // To delete makes no room, as the journal keeps it.
        var last = (await api.LastMessageAsync(conversation)).Text("id");
        await api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}/messages/{last}", System.Net.HttpStatusCode.NoContent);
        (status, _) = await PostAsync($"/conversations/{conversation}/messages", new { content = "more" });
        Assert.Equal(409, status);
    }

    [Fact]
    public async Task So_it_is_by_its_attributes_and_in_other_dialects()
    {
        var conversation = await api.CreateAsync();
        var (status, problem) = (200, default(JsonElement));
        for (var i = 0; i < 6 && status == 200; i++)
        {
            (status, problem) = await api.RequestAsync(HttpMethod.Patch, $"/conversations/{conversation}", new { system = new string('s', 13_000) }).ReadJsonAsync();
        }

        Assert.Equal((409, "history_full"), (status, problem.Text("code")));
        var items = Enumerable.Range(0, 5).Select(i => new { role = "user", content = $"{i}" });
        (status, problem) = await PostAsync("/v1/conversations", new { items });
        Assert.Equal((409, "history_full"), (status, problem.GetProperty("error").Text("code")));
        (status, problem) = await PostAsync("/v1/chat/completions", new { messages = items });
        Assert.Equal((409, "history_full"), (status, problem.GetProperty("error").Text("code")));
        (status, problem) = await PostAsync($"/v1/conversations/{conversation}/items", new { items });
        Assert.Equal((409, "history_full"), (status, problem.GetProperty("error").Text("code")));
    }

    [Fact]
    public async Task A_request_is_no_larger_than_the_deployment_says()
    {
        var conversation = await api.CreateAsync();
        await RefusedAsync(400, new { content = new string('x', 2_001) }, "'content' has 2001 characters; 2000 are allowed.");
        await RefusedAsync(413, new { content = new string('x', 20_001) }, "Request body too large. The max request body size is 20000 bytes.");
        var (status, problem) = await PostAsync("/conversations", new { metadata = new { a = "1", b = "2" } });
        Assert.Equal((400, "'metadata' has 2 pairs; 1 are allowed."), (status, problem.Text("detail")));
        (status, problem) = await PostAsync("/conversations", new { metadata = new { a = "01234567890" } });
        Assert.Equal((400, "'metadata.a' has 11 characters; 10 are allowed."), (status, problem.Text("detail")));
        (status, problem) = await PostAsync("/v1/responses", new { input = new string('x', 2_001) });
        Assert.Equal((400, "'input' has 2001 characters; 2000 are allowed."), (status, problem.GetProperty("error").Text("message")));
        Assert.Contains("up to 2000 characters", (await api.GetAsync("/openapi/v1.json")).GetRawText(), StringComparison.Ordinal);

        async Task RefusedAsync(int expected, object body, string detail)
        {
            var (answered, told) = await PostAsync($"/conversations/{conversation}/messages", body);
            Assert.Equal((expected, detail), (answered, told.Text("detail")));
        }
    }

    [Theory]
    [InlineData("/conversations", 20_000)]
    [InlineData("/v1/conversations", 20_000)]
    [InlineData("/api/chat", 40_000)]
    [InlineData("/v1/chat/completions", 40_000)]
    [InlineData("/v1/responses", 40_000)]
    [InlineData("/chat/stream", 40_000)]
    [InlineData("/conversations/import", 60_000)]
    public async Task A_body_may_be_as_large_as_is_configured_for_what_it_brings_along(string path, int most)
    {
        var (within, beyond) = (await SendAsync(most), await SendAsync(most + 1));

        // What is in it is nothing that anybody takes.
        Assert.Equal((400, 413), (within, beyond));

        async Task<int> SendAsync(int bytes)
        {
            using var content = new StringContent($"{{\"unknown\":\"{new string('x', bytes - 14)}\"}}", System.Text.Encoding.UTF8, "application/json");
            using var response = await api.Http.PostAsync(new Uri(path, UriKind.Relative), content);
            return (int)response.StatusCode;
        }
    }

    [Fact]
    public async Task No_more_wait_in_a_queue_than_the_deployment_says()
    {
        var gate = new Gate();
        fixture.Model.Enqueue(ModelScript.Stream.Text("one").Wait(gate));
        var conversation = await api.CreateAsync();
        await api.SendAsync(conversation, "go");
        await gate.Reached.WaitAsync(TestLimits.Signal);
        var (status, _) = await PostAsync($"/conversations/{conversation}/messages", new { content = "next", on_busy = "queue" });
        Assert.Equal(202, status);
        (status, var problem) = await PostAsync($"/conversations/{conversation}/messages", new { content = "more", on_busy = "queue" });
        Assert.Equal((409, "queue_full", 1), (status, problem.Text("code"), problem.GetProperty("limit").GetInt32()));
        Assert.Equal(1, (await api.GetAsync($"/conversations/{conversation}/queue")).GetProperty("limit").GetInt32());
        await api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}", System.Net.HttpStatusCode.NoContent);
        gate.Open();
    }

    private Task<(int Status, JsonElement Json)> PostAsync(string path, object? body) => api.RequestAsync(HttpMethod.Post, path, body).ReadJsonAsync();
}
