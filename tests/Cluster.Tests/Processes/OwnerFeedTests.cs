using System.Text.Json;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>All of an owner's conversations over one connection, in a cluster.</summary>
public class OwnerFeedTests(ProcessesFixture fixture) : IClassFixture<ProcessesFixture>
{
    [PostgresFact]
    public async Task What_happens_at_one_node_is_told_at_another_and_its_cursor_is_good_at_any()
    {
        var (here, there) = (fixture.Cluster.Apis[0].Api, fixture.Cluster.Apis[1].Api);
        using var feed = await OpenAsync(there);
        await feed.UntilAsync("snapshot");
        var conversation = await here.CreateAsync();
        await here.SendAsync(conversation, "why? [demo: tokens=20]");
        await UntilToldThatItEndedAsync(feed, conversation);

        var missed = await there.CreateAsync(new { title = "Meanwhile" });
        using var next = await OpenAsync(here, feed.Events[^1].IdText);
        await UntilToldOfAsync(next, missed);

        Assert.Equal("snapshot", next.Events[^1].Type);
    }

    [PostgresFact]
    public async Task A_connection_outlives_each_silo_and_hears_of_what_happens_afterwards()
    {
        var (here, there) = (fixture.Cluster.Apis[0].Api, fixture.Cluster.Apis[1].Api);
        using var feed = await OpenAsync(there);
        await feed.UntilAsync("snapshot");
        foreach (var silo in fixture.Cluster.Silos)
        {
            // One of the two held the owner's feed.
            await silo.KillAsync();
            var conversation = await here.CreateAsync();
            await UntilToldOfAsync(feed, conversation);
            await silo.StartAsync();
        }

        Assert.False(feed.WasCut);
    }

    private static Task<SseConnection> OpenAsync(ChatApi api, string? lastEventId = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "/events");
        if (lastEventId is not null)
        {
            request.Headers.TryAddWithoutValidation("Last-Event-ID", lastEventId);
        }

        return SseConnection.OpenAsync(api.Http, request);
    }

    // By a piece of news, or by a comparison, which shows it idle, not only created.
    private static async Task UntilToldThatItEndedAsync(SseConnection feed, string conversation)
    {
        do
        {
            Assert.NotNull(await feed.NextAsync());
        }
        while (!Tells(feed.Events[^1].Json));

        bool Tells(JsonElement told) => told.Text("type") switch
        {
            "conversation.finished" => told.Text("id") == conversation,
            "snapshot" => told.GetProperty("conversations").EnumerateArray().Any(
                each => each.Text("id") == conversation && each.Text("status") == "idle" && each.GetProperty("sequence").GetInt64() > 1),
            _ => false,
        };
    }

    // By a piece of news, or by a comparison where that was lost.
    private static async Task UntilToldOfAsync(SseConnection feed, string conversation)
    {
        while (feed.Events.Count == 0 || !feed.Events[^1].Data.Contains(conversation, StringComparison.Ordinal))
        {
            Assert.NotNull(await feed.NextAsync());
        }
    }
}
