using Orleans.Streams;
using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>Memory streams.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class StreamTests(SharedCluster cluster)
{
    private readonly string name = $"{Guid.NewGuid()}";

    private Probe Seen => Probe.Of(name);

    private IListenerGrain Listener => cluster.Client.GetGrain<IListenerGrain>(name);

    private IAsyncStream<Box> Stream => cluster.Client.GetStreamProvider(TestStreams.Provider).GetStream<Box>(StreamId.Create("boxes", name));

    [Fact]
    public async Task Items_arrive_in_order()
    {
        await Stream.SubscribeAsync((box, _) => TellAsync(box, "client"));

        for (var i = 0; i < 100; i++)
        {
            await Stream.OnNextAsync(Labelled($"{i}"));
        }

        await Seen.SeesAsync([.. Enumerable.Range(0, 100).Select(i => $"client: {i}")]);
    }

    [Fact]
    public async Task Every_subscriber_gets_every_item_until_it_unsubscribes()
    {
        var leaving = await Stream.SubscribeAsync((box, _) => TellAsync(box, "leaving"));
        await Stream.SubscribeAsync((box, _) => TellAsync(box, "staying"));

        await Stream.OnNextAsync(Labelled("1"));
        Assert.Equal(["leaving: 1", "staying: 1"], new[] { await Seen.NextAsync(), await Seen.NextAsync() }.Order());
        await leaving.UnsubscribeAsync();
        await Stream.OnNextAsync(Labelled("2"));
        await Stream.OnNextAsync(Labelled("3"));

        await Seen.SeesAsync("staying: 2", "staying: 3");
    }

    [Fact]
    public async Task A_grains_subscription_outlives_its_activation()
    {
        await Listener.Listen();
        await Stream.OnNextAsync(Labelled("1"));
        await Seen.SeesAsync("comes", "grain: 1");

        await Listener.Leave();
        await Stream.OnNextAsync(Labelled("2"));

        await Seen.SeesAsync("comes", "grain: 2");
        Assert.Equal(1, await Listener.Subscriptions());
    }

    [Fact]
    public async Task A_handle_lets_another_observer_take_over()
    {
        var first = await Stream.SubscribeAsync((box, _) => TellAsync(box, "first"));
        await Stream.OnNextAsync(Labelled("1"));
        await Seen.SeesAsync("first: 1");

        var handle = Assert.Single(await Stream.GetAllSubscriptionHandles());
        Assert.Equal(first.HandleId, handle.HandleId);
        var second = await handle.ResumeAsync((box, _) => TellAsync(box, "second"));
        await Stream.OnNextAsync(Labelled("2"));
        await Seen.SeesAsync("second: 2");

        Assert.Equal(first.HandleId, second.HandleId);
        await second.UnsubscribeAsync();
        Assert.Empty(await Stream.GetAllSubscriptionHandles());
    }

    [Fact]
    public async Task Nobody_sees_what_others_do_to_an_item()
    {
        await Listener.Listen();
        await Stream.SubscribeAsync((box, _) =>
        {
            box.Labels.Add("changed by the client");
            return TellAsync(Labelled($"{box.Labels.Count}"), "client");
        });
        var box = Labelled("1");

        await Listener.Publish(box);
        await Stream.OnNextAsync(box);
        box.Labels.Add("changed by the publisher");

        var seen = new[] { await Seen.NextAsync(), await Seen.NextAsync(), await Seen.NextAsync(), await Seen.NextAsync(), await Seen.NextAsync() };
        Assert.Equal(["client: 2", "client: 2", "comes", "grain: 1", "grain: 1"], seen.Order());
    }

    [Fact]
    public async Task A_subscriber_that_throws_gets_the_item_again()
    {
        var calls = 0;
        await Stream.SubscribeAsync((box, _) =>
        {
            calls++;
            return calls == 1 ? throw new InvalidOperationException("not now") : TellAsync(box, $"call {calls}");
        });

        await Stream.OnNextAsync(Labelled("1"));
        await Stream.OnNextAsync(Labelled("2"));

        await Seen.SeesAsync("call 2: 1", "call 3: 2");
    }

    [Fact]
    public void A_provider_that_was_not_added_is_an_error()
    {
        Assert.Throws<KeyNotFoundException>(() => cluster.Client.GetStreamProvider("no such"));
    }

    private static Box Labelled(string label) => new() { Labels = { label } };

    private Task TellAsync(Box box, string who)
    {
        Seen.Tell($"{who}: {string.Join(' ', box.Labels)}");
        return Task.CompletedTask;
    }
}
