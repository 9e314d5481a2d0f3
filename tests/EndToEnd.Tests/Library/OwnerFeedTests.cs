using System.Net;
using OrleansChat.Testing;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.EndToEnd.Tests.Library;

/// <summary>A product for each test: the feed is of everything that happens in it.</summary>
public sealed class OwnerFeedTests : IAsyncLifetime
{
    private readonly TemporaryDirectory directory = new();
    private ProductProcess product = null!;

    private ChatApi Api => product.Api;

    public async Task InitializeAsync() => product = await StartAsync();

    public async Task DisposeAsync()
    {
        await product.DisposeAsync();
        directory.Dispose();
    }

    [Fact]
    public async Task One_connection_tells_what_becomes_of_all_conversations()
    {
        var before = await Api.CreateAsync(new { title = "Before" });
        using var feed = await OpenAsync();
        var snapshot = (await feed.NextAsync())!;
        Assert.Equal("snapshot", snapshot.Type);
        Assert.Equal([before], Ids(snapshot));
        Assert.True(snapshot.Json.GetProperty("complete").GetBoolean());

        var created = await Api.CreateAsync();
        await Api.SendAsync(HttpMethod.Patch, $"/conversations/{created}", body: new { title = "Named" });
        await Api.SendAsync(created, "[demo: tokens=3]");
        Assert.Equal("completed", (await feed.UntilAsync("conversation.finished")).Json.GetProperty("status").GetString());
        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{before}", HttpStatusCode.NoContent);
        await feed.UntilAsync("conversation.deleted");

        Assert.Equal(
            ["snapshot", "conversation.created", "conversation.updated", "conversation.replying", "conversation.finished", "conversation.deleted"],
            feed.Events.Select(e => e.Type));
        Assert.Equal([before, created, created, created, created, before], feed.Events.Select(IdOf));
        Assert.Equal("Named", feed.Events[2].Json.GetProperty("conversation").GetProperty("title").GetString());
        Assert.Equal("replying", feed.Events[3].Json.GetProperty("conversation").GetProperty("status").GetString());
        Assert.Equal("idle", feed.Events[4].Json.GetProperty("conversation").GetProperty("status").GetString());
        Assert.All(feed.Events, e => Assert.NotEmpty(e.IdText));
    }

    [Fact]
    public async Task Who_comes_back_after_a_restart_of_everything_learns_what_changed_and_what_is_gone()
    {
        var kept = await Api.CreateAsync();
        var deleted = await Api.CreateAsync();
        string cursor;
        using (var feed = await OpenAsync())
        {
            await feed.NextAsync();
            cursor = feed.Events[^1].IdText;
        }

        var created = await Api.CreateAsync(new { title = "Meanwhile" });
        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{deleted}", HttpStatusCode.NoContent);
        await product.KillAsync();
        await product.DisposeAsync();
        product = await StartAsync();

        using var next = await OpenAsync(lastEventId: cursor);
        var snapshot = (await next.NextAsync())!;

        Assert.Equal("snapshot", snapshot.Type);
        Assert.Equal([created, kept], Ids(snapshot));
        Assert.Contains(created, snapshot.Json.GetProperty("conversations").EnumerateArray().Select(each => each.GetProperty("id").GetString()));
        Assert.NotEqual(cursor, snapshot.IdText);
    }

    [Fact]
    public async Task Followed_conversations_come_with_their_events_and_one_cursor_resumes_them_all()
    {
        string[] followed = [await Api.CreateAsync(), await Api.CreateAsync()];
        var other = await Api.CreateAsync();
        var follow = string.Join(',', followed.Select(id => $"{id}:0"));
        using var feed = await OpenAsync(follow);
        await Task.WhenAll(followed.Append(other).Select(id => Api.SendAsync(id, "[demo: tokens=300 rate=300]")));
        while (feed.Events.Count(e => e.Type == "reply.delta") < 100)
        {
            await feed.NextAsync();
        }

        // Cut off in mid-reply, and back with nothing but the last id.
        using var rest = await OpenAsync(follow, feed.Events[^1].IdText);
        while (rest.Events.Count(e => e.Type == "reply.completed") < 2)
        {
            Assert.NotNull(await rest.NextAsync());
        }

        foreach (var id in followed)
        {
            var events = feed.Events.Concat(rest.Events).Where(e => e.Json.TryGetProperty("event", out _) && e.Json.GetProperty("conversation").GetString() == id)
                .Select(e => e.Json.GetProperty("event")).ToList();
            var sequences = events.ConvertAll(e => e.GetProperty("sequence").GetInt64());
            Assert.Equal(sequences.Order().Distinct(), sequences);
            Assert.Equal("conversation.created", events[0].GetProperty("type").GetString());
            var text = string.Concat(events.Where(e => e.GetProperty("type").GetString() == "reply.delta").Select(e => e.GetProperty("text").GetString()));
            Assert.Equal((await Api.LastMessageAsync(id)).GetProperty("content").GetString(), text);
        }

        Assert.DoesNotContain(feed.Events.Concat(rest.Events), e => e.Json.TryGetProperty("event", out _) && e.Json.GetProperty("conversation").GetString() == other);
    }

    [Fact]
    public async Task A_followed_conversation_that_is_deleted_or_never_was_says_so()
    {
        var conversation = await Api.CreateAsync();
        const string Never = "conv_01k9xf2q6r3m8t5v0w7y1z4b2c";
        using var feed = await OpenAsync($"{conversation},{Never}:7");
        await feed.UntilAsync("snapshot");
        var never = await feed.UntilAsync("conversation.deleted");
        Assert.Equal(Never, never.Json.GetProperty("conversation").GetString());

        await Api.SendAsync(HttpMethod.Delete, $"/conversations/{conversation}", HttpStatusCode.NoContent);
        await feed.UntilAsync("conversation.deleted");
        await feed.UntilAsync("conversation.deleted");

        Assert.Equal(2, feed.Events.Count(e => e.Type == "conversation.deleted" && e.Json.TryGetProperty("event", out _)));
    }

    [Fact]
    public async Task A_feed_that_ends_with_its_server_asks_to_come_back()
    {
        using var feed = await OpenAsync();
        await feed.UntilAsync("snapshot");

        await product.StopAsync();
        await feed.ToEndAsync();

        Assert.False(feed.WasCut);
    }

    [Theory]
    [InlineData("after=41")]
    [InlineData("follow=conv_1")]
    [InlineData("follow=conv_01k9xf2q6r3m8t5v0w7y1z4b2c:x")]
    [InlineData("follow=conv_01k9xf2q6r3m8t5v0w7y1z4b2c,conv_01k9xf2q6r3m8t5v0w7y1z4b2c")]
    public async Task What_cannot_be_followed_is_refused(string query)
    {
        var problem = await Api.GetAsync($"/events?{query}", HttpStatusCode.BadRequest);

        Assert.Equal("invalid_request", problem.GetProperty("code").GetString());
    }

    private Task<ProductProcess> StartAsync() => ProductProcess.StartAsync(directory.Path, ("Models__demo__TokensPerSecond", "2000"));

    private Task<SseConnection> OpenAsync(string follow = "", string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, $"/events?follow={follow}");
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        return SseConnection.OpenAsync(Api.Http, request);
    }

    private static string[] Ids(SseEvent snapshot) => [.. snapshot.Json.GetProperty("ids").EnumerateArray().Select(id => id.GetString()!)];

    private static string? IdOf(SseEvent e) =>
        e.Json.TryGetProperty("id", out var id) ? id.GetString() : e.Json.GetProperty("ids")[0].GetString();
}
