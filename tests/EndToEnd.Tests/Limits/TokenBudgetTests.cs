using System.Net;
using System.Text.Json;
using OrleansChat.EndToEnd.Tests.ChatCompletions;
using OrleansChat.Testing;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.Limits;

/// <summary>Owners whose tokens of the day are spent.</summary>
public class TokenBudgetTests
{
    private static readonly (string, string)[] Settings =
    [
        .. LimitsFixture.Proxy,
        ("Limits__Owners__few__TokensPerDay", "300"),
        ("Limits__Owners__many__TokensPerDay", "1000"),
        ("Models__demo__TokensPerSecond", "2000"),
        ("Models__demo__TakeOver", "Continue"),
    ];

    [Fact]
    public async Task Replies_are_stopped_in_their_text_kept_and_paid_and_nobody_has_more_after_the_process_was_killed()
    {
        using var directory = new TemporaryDirectory();
        var conversations = new List<string>();
        await using (var product = await ProductProcess.StartAsync(directory.Path, Settings))
        {
            using var few = LimitsFixture.ClientOf(product, "few");
            using var many = LimitsFixture.ClientOf(product, "many");
            await IsStoppedAsync(few);
            await IsRefusedAsync(few);

            // Of another the process is killed in the middle of what he has.
            for (var i = 0; i < 4; i++)
            {
                var conversation = await many.CreateAsync();
                conversations.Add(conversation);
                await many.SendAsync(conversation, "[demo: tokens=2000 rate=100]");
            }

            using var reader = await many.FollowAsync(conversations[0]);
            await reader.UntilIdAsync(60);
            await product.KillAsync();
        }

        await using var next = await ProductProcess.StartAsync(directory.Path, Settings);
        using var fewer = LimitsFixture.ClientOf(next, "few");
        await IsRefusedAsync(fewer);
        using var others = LimitsFixture.ClientOf(next, "many");
        foreach (var conversation in conversations)
        {
            using var reader = await others.FollowAsync(conversation, "until=idle");
            await reader.ToEndAsync();
            Assert.Equal("budget", (await others.LastMessageAsync(conversation)).Text("finish_reason"));
        }

        // A question is paid once more by who goes on with its reply, and a piece each may be too much; what each holds on to in the end, too little.
        Assert.InRange(TotalOf(await others.GetAsync("/usage")), 750, 1_250);
    }

    private static async Task IsStoppedAsync(ChatApi api)
    {
        using var stream = await api.StreamAsync(new { messages = CompletionClient.Ask("[demo: tokens=1000]"), stream = true, store = true });
        await stream.ToEndAsync();
        Assert.False(stream.WasCut);
        Assert.Equal("length", Assert.Single(FinishReasonsOf(stream)));

        var reply = await api.LastMessageAsync(stream.Response.Headers.Conversation());
        Assert.Equal(("completed", "budget", stream.Events.Said()), (reply.Text("status"), reply.Text("finish_reason"), reply.Text("content")));
        var usage = reply.GetProperty("usage");
        var spent = usage.GetProperty("input_tokens").GetInt64() + usage.GetProperty("output_tokens").GetInt64();

        // A piece of the demo's is a few tokens.
        Assert.InRange(spent, 300, 306);
        Assert.Equal(spent, TotalOf(await api.GetAsync("/usage")));
    }

    private static async Task IsRefusedAsync(ChatApi api)
    {
        var conversation = await api.CreateAsync();
        using var native = await api.RequestAsync(HttpMethod.Post, $"/conversations/{conversation}/messages", new { content = "go" });
        var problem = JsonElement.Parse(await native.Content.ReadAsStringAsync());
        Assert.Equal((429, "token_budget_spent", 300), ((int)native.StatusCode, problem.Text("code"), problem.GetProperty("limit").GetInt32()));

        // Until midnight (UTC).
        Assert.InRange(native.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromDays(1));
        var (status, headers, body) = await api.SendAsync(new { messages = CompletionClient.Ask("go") });
        Assert.Equal((HttpStatusCode.TooManyRequests, "insufficient_quota", "token_budget_spent"), (status, body.GetProperty("error").Text("type"), body.GetProperty("error").Text("code")));

        // Nobody's SDK is to try that again by itself.
        Assert.Equal("false", headers.GetValues("x-should-retry").Single());
    }

    private static IEnumerable<string?> FinishReasonsOf(SseConnection stream) => stream.Events.Chunks()
        .Where(chunk => chunk.GetProperty("choices").GetArrayLength() > 0)
        .Select(chunk => chunk.GetProperty("choices")[0].GetProperty("finish_reason"))
        .Where(reason => reason.ValueKind == JsonValueKind.String)
        .Select(reason => reason.GetString());

    private static long TotalOf(JsonElement usage) =>
        usage.GetProperty("total").GetProperty("input_tokens").GetInt64() + usage.GetProperty("total").GetProperty("output_tokens").GetInt64();
}
