using OrleansChat.Testing.Models;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Cluster.Tests.Delivery;

/// <summary>The stream is a hint: whatever happens to its items, readers get every event once, in order.</summary>
public class FaultyDeliveryTests
{
    private const int Words = 150;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task With_items_lost_repeated_and_late_readers_on_another_silo_get_every_event_once_in_order()
    {
        await using var cluster = await ChatCluster.StartAsync();
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[1]);
        cluster.Faults.On = true;

        var readers = new List<Task<SseConnection>>();
        var writers = new List<Task>();
        for (var i = 0; i < 20; i++)
        {
            var conversation = await cluster.CreateOnAsync(cluster.Silos.Silos[i % 2]);
            await node.Api.SendAsync(conversation, "go");
            Assert.Same(cluster.Silos.Silos[i % 2], await cluster.SiloOfAsync(conversation));
            readers.Add(ReadAsync(node, conversation));
            writers.Add(WriteAsync(await cluster.Model.NextReplyAsync()));
        }

        await Task.WhenAll(writers).WaitAsync(Patience);
        foreach (var reader in await Task.WhenAll(readers))
        {
            Assert.Equal(Enumerable.Range(1, Words + 4).Select(id => (long)id), reader.Events.Select(e => e.Id));
            Assert.Equal(string.Concat(Enumerable.Range(0, Words).Select(i => $"w{i} ")), reader.Text);
            Assert.Equal("reply.completed", reader.Events[^1].Type);
        }

        Assert.True(cluster.Faults[Fate.IsLost] > 0 && cluster.Faults[Fate.ComesTwice] > 0 && cluster.Faults[Fate.ComesLate] > 0);
    }

    [Fact]
    public async Task With_every_item_lost_readers_still_get_everything()
    {
        await using var cluster = await ChatCluster.StartAsync();
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        cluster.Faults.LoseAll = true;
        var arrivedBefore = cluster.Faults[Fate.Arrives];
        var conversation = await node.Api.CreateAsync();
        await node.Api.SendAsync(conversation, "go");
        var reading = ReadAsync(node, conversation);
        var reply = await cluster.Model.NextReplyAsync();

        reply.Emit("all ", "of ", "it");
        reply.Complete();

        var reader = await reading;
        Assert.Equal("all of it", reader.Text);
        Assert.Equal("reply.completed", reader.Events[^1].Type);
        Assert.Equal(arrivedBefore, cluster.Faults[Fate.Arrives]);
    }

    [Fact]
    public async Task Readers_on_two_nodes_see_the_same_history()
    {
        await using var cluster = await ChatCluster.StartAsync();
        await using var first = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        await using var second = await cluster.StartApiAsync(cluster.Silos.Silos[1]);
        var conversation = await first.Api.CreateAsync();
        await first.Api.SendAsync(conversation, "go");
        var here = ReadAsync(first, conversation);
        using var there = await second.Api.FollowAsync(conversation, "catchup=deltas");
        var reply = await cluster.Model.NextReplyAsync();

        reply.Emit("one ");
        await there.UntilAsync("reply.delta");
        var cursor = there.Cursor;
        reply.Emit("two ", "three");
        reply.Complete();

        using var resumed = await first.Api.FollowAsync(conversation, "until=idle&catchup=deltas", lastEventId: cursor);
        await resumed.ToEndAsync();
        await there.UntilAsync("reply.completed");
        Assert.Equal((await here).Events, there.Events);
        Assert.Equal(there.Events.Where(e => e.Id > cursor), resumed.Events);
    }

    private static async Task<SseConnection> ReadAsync(ApiNode node, string conversation)
    {
        using var reader = await node.Api.FollowAsync(conversation, "until=idle&catchup=deltas");
        return await reader.ToEndAsync();
    }

    // Bursts with pauses between: enough stream items for every fate, also for the last of a burst.
    private static async Task WriteAsync(ScriptedReply reply)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(10));
        for (var i = 0; i < Words; i++)
        {
            reply.Emit($"w{i} ");
            if (i % 5 == 0)
            {
                await pace.WaitForNextTickAsync();
            }
        }

        reply.Complete();
    }
}
