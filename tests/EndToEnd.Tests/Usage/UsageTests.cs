using System.Net;
using System.Text.Json;
using OrleansChat.Testing;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Product;

namespace OrleansChat.EndToEnd.Tests.Usage;

/// <summary>What replies cost, however they end, and whatever becomes of the process.</summary>
public sealed class UsageTests : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private ModelServer model = null!;
    private ProductProcess product = null!;

    private ChatApi Api => product.Api;

    public async Task InitializeAsync()
    {
        model = await ModelServer.StartAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await product.DisposeAsync();
        await model.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task Every_reply_is_in_the_ledger_however_it_ends_and_stays_there_when_its_conversation_goes()
    {
        model.Enqueue(
            ModelScript.Stream.Text("whole").Finish().Usage(1_000, 500).Done(),
            ModelScript.Stream.Text("12345678").Error("server_error"),
            ModelScript.Stream.Text("123456789").Stall(),
            ModelScript.Status(400));
        var whole = await AskAsync("go");
        var failed = await AskAsync("go");
        var cancelled = await Api.CreateAsync();
        using (var reader = await Api.SendAndFollowAsync(cancelled, "go"))
        {
            await reader.UntilAsync("reply.delta");
            await Api.PostAsync($"/conversations/{cancelled}/cancel", new { });
            await reader.ToEndAsync();
            var end = reader.Events[^1].Json;
            Assert.Equal("""{"input_tokens":5,"output_tokens":3,"estimated":true}""", end.GetProperty("usage").GetRawText());
            Assert.Equal("scripted", end.Text("answered_by"));
        }

        var refused = await AskAsync("go");
        Assert.Equal("""{"input_tokens":1000,"output_tokens":500}""", await UsageOfAsync(whole));
        Assert.Equal("""{"amount":0.006,"currency":"EUR"}""", (await Api.LastMessageAsync(whole)).GetProperty("cost").GetRawText());
        Assert.Equal("""{"input_tokens":5,"output_tokens":2,"estimated":true}""", await UsageOfAsync(failed));
        Assert.Equal("""{"input_tokens":0,"output_tokens":0,"estimated":true}""", await UsageOfAsync(refused));

        // 1,010 tokens read at 2, 505 written at 8, a million.
        const string Expected =
            """{"replies":4,"estimated_replies":3,"input_tokens":1010,"cached_input_tokens":0,"output_tokens":505,"reasoning_tokens":0,"costs":[{"currency":"EUR","amount":0.00606}]}""";
        Assert.Equal(Expected, await TotalAsync());
        foreach (var conversation in new[] { whole, failed, cancelled, refused })
        {
            await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}", HttpStatusCode.NoContent);
        }

        Assert.Equal(Expected, await TotalAsync());
        await product.StopAsync();
        await StartAsync();
        Assert.Equal(Expected, await TotalAsync());
    }

    [Fact]
    public async Task A_reply_that_runs_when_its_conversation_is_deleted_is_paid_too()
    {
        model.Enqueue(ModelScript.Stream.Text("12345678").Stall());
        var conversation = await Api.CreateAsync();
        using var reader = await Api.SendAndFollowAsync(conversation, "go");
        await reader.UntilAsync("reply.delta");

        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}", HttpStatusCode.NoContent);

        using var total = JsonDocument.Parse(await TotalAsync());
        Assert.Equal((1, 5, 2), (Number(total, "replies"), Number(total, "input_tokens"), Number(total, "output_tokens")));
    }

    [Fact]
    public async Task Killed_as_soon_as_a_reply_has_ended_it_is_counted_and_once()
    {
        for (var round = 1; round <= 3; round++)
        {
            model.Enqueue(ModelScript.Stream.Text("x").Finish().Usage(100, 10).Done());
            await AskAsync("go");

            // Between the end of the reply and everything that follows from it.
            await product.KillAsync();
            await product.DisposeAsync();
            await StartAsync();

            using var total = JsonDocument.Parse(await TotalAsync());
            Assert.Equal((round, 100 * round, 10 * round), (Number(total, "replies"), Number(total, "input_tokens"), Number(total, "output_tokens")));
        }
    }

    [Fact]
    public async Task Killed_at_random_moments_the_ledger_is_the_sum_of_what_the_replies_say()
    {
        model.Default = ModelScript.Stream.Text(Enumerable.Range(0, 40).Select(i => $"w{i} "), TimeSpan.FromMilliseconds(2)).Finish().Usage(200, 40).Done();
        var random = new Random(7);
        var conversations = new List<string>();
        for (var round = 0; round < 6; round++)
        {
            var mine = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Api.CreateAsync()));
            conversations.AddRange(mine);
            foreach (var conversation in mine)
            {
                await Api.SendAsync(conversation, "first");
                await Api.PostAsync($"/conversations/{conversation}/messages", new { content = "second", on_busy = "queue" }, HttpStatusCode.Accepted);
            }

            using var counting = await Api.FollowAsync(mine[0]);
            await counting.UntilIdAsync(random.Next(3, 80));
            await product.KillAsync();
            await product.DisposeAsync();
            await StartAsync();
        }

        var (replies, input, output) = (0, 0L, 0L);
        foreach (var conversation in conversations)
        {
            using (var reader = await Api.FollowAsync(conversation, "until=idle"))
            {
                await reader.ToEndAsync();
            }

            foreach (var reply in (await Api.MessagesAsync(conversation, "limit=100&branch=all")).Where(message => message.Text("role") == "assistant"))
            {
                Assert.Equal("completed", reply.Text("status"));
                var usage = reply.GetProperty("usage");
                (replies, input, output) = (replies + 1, input + usage.GetProperty("input_tokens").GetInt64(), output + usage.GetProperty("output_tokens").GetInt64());
            }
        }

        Assert.Equal(48, replies);
        Assert.True(input > 48 * 200, "Some were taken over, and their first attempts count.");
        await AssertTotalAsync();
        await product.KillAsync();
        await product.DisposeAsync();
        await StartAsync();
        await AssertTotalAsync();

        async Task AssertTotalAsync()
        {
            using var total = JsonDocument.Parse(await TotalAsync());
            Assert.Equal((replies, input, output), (Number(total, "replies"), Number(total, "input_tokens"), Number(total, "output_tokens")));
        }
    }

    [Fact]
    public async Task A_reply_that_begins_anew_costs_what_both_attempts_do_and_an_interrupted_one_what_it_has_said()
    {
        model.Enqueue(ModelScript.Stream.Text("12345678").Stall(), ModelScript.Stream.Text("12345678").Stall());
        var again = await Api.CreateAsync();
        var interrupted = await Api.CreateAsync(new { model = "careful" });
        foreach (var conversation in new[] { again, interrupted })
        {
            using var reader = await Api.SendAndFollowAsync(conversation, "go");
            await reader.UntilAsync("reply.delta");
        }

        model.Enqueue(ModelScript.Stream.Text("whole").Finish().Usage(100, 10).Done());
        await product.KillAsync();
        await product.DisposeAsync();
        await StartAsync();
        foreach (var conversation in new[] { again, interrupted })
        {
            using var reader = await Api.FollowAsync(conversation, "until=idle");
            await reader.ToEndAsync();
        }

        Assert.Equal("""{"input_tokens":105,"output_tokens":12,"estimated":true}""", await UsageOfAsync(again));
        Assert.Equal("""{"input_tokens":5,"output_tokens":2,"estimated":true}""", await UsageOfAsync(interrupted));
        var byModel = (await Api.GetAsync("/usage?group_by=model")).GetProperty("data");
        Assert.Equal(
            ["careful 1 5 2", "scripted 1 105 12"],
            byModel.EnumerateArray().Select(row => $"{row.Text("model")} {row.GetProperty("replies")} {row.GetProperty("input_tokens")} {row.GetProperty("output_tokens")}"));
    }

    [Fact]
    public async Task Groups_and_days_are_what_the_caller_asks_for_and_mistakes_are_told()
    {
        await AskAsync("go");
        var today = DateTimeOffset.UtcNow.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        var row = Assert.Single((await Api.GetAsync("/usage")).GetProperty("data").EnumerateArray());
        Assert.Equal(("scripted", today), (row.Text("model"), row.Text("day")));
        Assert.False(Assert.Single((await Api.GetAsync("/usage?group_by=day")).GetProperty("data").EnumerateArray()).TryGetProperty("model", out _));
        Assert.Equal(1, Assert.Single((await Api.GetAsync("/usage?group_by=")).GetProperty("data").EnumerateArray()).GetProperty("replies").GetInt32());
        Assert.Empty((await Api.GetAsync("/usage?from=2020-01-01&to=2020-12-31")).GetProperty("data").EnumerateArray());
        foreach (var query in new[] { "from=yesterday", "to=2026-13-01", "from=2026-02-02&to=2026-02-01", "from=2020-01-01&to=2021-01-02", "group_by=owner" })
        {
            Assert.Equal("invalid_request", (await Api.GetAsync($"/usage?{query}", HttpStatusCode.BadRequest)).Text("code"));
        }
    }

    private static long Number(JsonDocument sums, string name) => sums.RootElement.GetProperty(name).GetInt64();

    private async Task StartAsync() => product = await ProductProcess.StartAsync(
        directory.Path,
        [
            .. ProductFixture.SettingsFor(model),
            ("Models__scripted__Prices__Input", "2"),
            ("Models__scripted__Prices__CachedInput", "1"),
            ("Models__scripted__Prices__Output", "8"),
            ("Models__scripted__Prices__Currency", "EUR"),
            .. ProductFixture.SettingsFor(model, "Interrupt").Where(setting => !setting.Name.EndsWith("Default", StringComparison.Ordinal))
                .Select(setting => (setting.Name.Replace("scripted", "careful", StringComparison.Ordinal), setting.Value)),
        ]);

    private async Task<string> AskAsync(string content)
    {
        var conversation = await Api.CreateAsync();
        using var reader = await Api.SendAndFollowAsync(conversation, content);
        await reader.ToEndAsync();
        return conversation;
    }

    private async Task<string> UsageOfAsync(string conversation) => (await Api.LastMessageAsync(conversation)).GetProperty("usage").GetRawText();

    private async Task<string> TotalAsync() => (await Api.GetAsync("/usage")).GetProperty("total").GetRawText();
}
