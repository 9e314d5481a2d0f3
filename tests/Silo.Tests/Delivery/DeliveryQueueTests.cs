using Orleans.Providers.Streams.Common;
using OrleansChat.Delivery;

namespace OrleansChat.Silo.Tests.Delivery;

/// <summary>What waits on a silo for its agent.</summary>
public class DeliveryQueueTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly StreamId stream = DeliveryStream.Of(new NodeId("here"));
    private readonly DeliveryQueue queue = new();

    [Fact]
    public async Task Batches_are_taken_in_order_as_many_as_are_wanted()
    {
        var batches = Enumerable.Range(0, 5).Select(_ => new DeliveryBatch([])).ToArray();
        Assert.All(batches, batch => Assert.True(queue.TryAdd(stream, batch)));

        var first = await queue.TakeAsync(3);
        var rest = await queue.TakeAsync(3);

        Assert.Equal(batches, first.Concat(rest).Select(taken => ((DeliveryContainer)taken).Batch));
        Assert.Equal(3, first.Count);
        Assert.Equal([1, 2, 3, 4, 5], first.Concat(rest).Select(taken => ((EventSequenceTokenV2)taken.SequenceToken).SequenceNumber));
    }

    [Fact]
    public async Task Who_waits_gets_the_next_batch()
    {
        var taking = queue.TakeAsync(10);
        Assert.False(taking.IsCompleted);
        var batch = new DeliveryBatch([]);
        queue.TryAdd(stream, batch);

        Assert.Same(batch, ((DeliveryContainer)Assert.Single(await taking.WaitAsync(Patience))).Batch);
    }

    [Fact]
    public async Task Who_is_woken_gets_nothing_and_what_comes_then_the_next_time()
    {
        var taking = queue.TakeAsync(10);
        queue.Wake();
        Assert.Empty(await taking.WaitAsync(Patience));

        queue.Wake();
        queue.Wake();
        queue.TryAdd(stream, new DeliveryBatch([]));
        queue.Wake();
        Assert.Single(await queue.TakeAsync(10));
        Assert.False(queue.TakeAsync(10).IsCompleted);
    }

    [Fact]
    public async Task A_queue_from_which_something_was_taken_is_not_idle_until_the_next_look()
    {
        queue.TryAdd(stream, new DeliveryBatch([]));
        await queue.TakeAsync(10);
        var taking = queue.TakeAsync(10);

        queue.WakeIfIdle();
        Assert.False(taking.IsCompleted);
        queue.WakeIfIdle();

        Assert.Empty(await taking.WaitAsync(Patience));
    }

    [Fact]
    public void What_nobody_takes_is_turned_away_at_last()
    {
        for (var i = 0; i < DeliveryQueue.Limit; i++)
        {
            Assert.True(queue.TryAdd(stream, new DeliveryBatch([])));
        }

        Assert.False(queue.TryAdd(stream, new DeliveryBatch([])));
    }

    [Fact]
    public async Task An_agent_goes_on_every_now_and_then_and_when_it_is_to_stop()
    {
        var receiver = new DeliveryReceiver(queue);
        await receiver.Initialize(Patience);
        Assert.Empty(await receiver.GetQueueMessagesAsync(10).WaitAsync(Patience));

        var last = receiver.GetQueueMessagesAsync(10);
        await receiver.Shutdown(Patience);
        Assert.Empty(await last.WaitAsync(Patience));
    }
}
