using System.Net;
using OrleansChat.Testing;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.Library;

public sealed class RetentionTests
{
    [Fact]
    public async Task What_nobody_has_used_for_long_is_deleted_with_its_files_and_all_else_stays()
    {
        using var directory = new TemporaryDirectory();
        string old, used, replying;
        await using (var product = await ProductProcess.StartAsync(directory.Path))
        {
            old = await product.Api.CreateAsync(new { title = "Forgotten" });
            used = await product.Api.CreateAsync(new { title = "Remembered" });
            replying = await product.Api.CreateAsync();
            await product.Api.SendAsync(replying, "[demo: stall after=3]");
            using var reader = await product.Api.FollowAsync(replying);
            await reader.UntilAsync("reply.delta");
            await product.KillAsync();
        }

        // Time passes by the files: two hours for all but one.
        foreach (var file in Directory.EnumerateFiles(Path.Combine(directory.Path, "conversations"), "*.jsonl", SearchOption.AllDirectories))
        {
            if (!file.Contains(used, StringComparison.Ordinal))
            {
                File.SetLastWriteTimeUtc(file, DateTime.UtcNow - TimeSpan.FromHours(2));
            }
        }

        await using var next = await ProductProcess.StartAsync(
            directory.Path,
            ("Conversations__Retention__IdleTime", "01:00:00"),
            ("Conversations__Retention__Period", "00:00:01"),
            ("Models__demo__TakeOver", "Continue"));
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsGoneAsync(next.Api, old))
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }

        Assert.DoesNotContain(Directory.EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories), file => file.Contains(old, StringComparison.Ordinal));
        Assert.Empty((await next.Api.GetAsync("/conversations?q=forgotten")).GetProperty("data").EnumerateArray());
        Assert.Equal("idle", (await next.Api.GetAsync($"/conversations/{used}")).GetProperty("status").GetString());
        Assert.Equal("replying", (await next.Api.GetAsync($"/conversations/{replying}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task A_transient_conversation_is_not_listed_and_deleted_by_itself_after_an_hour()
    {
        using var directory = new TemporaryDirectory();
        string old, used, lasting;
        await using (var product = await ProductProcess.StartAsync(directory.Path, ("Titles__Enabled", "true")))
        {
            using var feed = await SseConnection.OpenAsync(product.Api.Http, new HttpRequestMessage(HttpMethod.Get, "/events"));
            await feed.UntilAsync("snapshot");
            old = await product.Api.CreateAsync(new { title = "Passing", transient = true });
            used = await product.Api.CreateAsync(new { transient = true });
            using (var reader = await product.Api.SendAndFollowAsync(used, "[demo: tokens=3]"))
            {
                await reader.ToEndAsync();
            }

            lasting = await product.Api.CreateAsync(new { title = "Lasting" });
            Assert.Equal(lasting, (await feed.UntilAsync("conversation.created")).Json.GetProperty("id").GetString());
            Assert.Equal(["snapshot", "conversation.created"], feed.Events.Select(e => e.Type));
            Assert.True((await product.Api.GetAsync($"/conversations/{used}")).GetProperty("transient").GetBoolean());
            Assert.False((await product.Api.GetAsync($"/conversations/{lasting}")).TryGetProperty("transient", out _));
            Assert.Empty((await product.Api.GetAsync("/conversations?q=passing")).GetProperty("data").EnumerateArray());
            Assert.Equal(2, (await product.Api.MessagesAsync(used)).Count);
            await product.KillAsync();
        }

        // Time passes by the files: two hours for all but one.
        foreach (var file in Directory.EnumerateFiles(directory.Path, "conv_*", SearchOption.AllDirectories))
        {
            if (!file.Contains(used, StringComparison.Ordinal))
            {
                File.SetLastWriteTimeUtc(file, DateTime.UtcNow - TimeSpan.FromHours(2));
            }
        }

        await using var next = await ProductProcess.StartAsync(directory.Path, ("Conversations__Retention__Period", "00:00:01"));
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!await IsGoneAsync(next.Api, old))
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }

        Assert.DoesNotContain(Directory.EnumerateFiles(directory.Path, "*", SearchOption.AllDirectories), file => file.Contains(old, StringComparison.Ordinal));
        Assert.Equal(2, (await next.Api.MessagesAsync(used)).Count);
        var listed = (await next.Api.GetAsync("/conversations")).GetProperty("data").EnumerateArray();
        Assert.Equal([lasting], listed.Select(conversation => conversation.GetProperty("id").GetString()));
    }

    private static async Task<bool> IsGoneAsync(ChatApi api, string conversation)
    {
        using var response = await api.Http.GetAsync(new Uri($"/conversations/{conversation}", UriKind.Relative));
        return response.StatusCode == HttpStatusCode.NotFound;
    }
}
