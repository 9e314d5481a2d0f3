using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Testing;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Delivery;

public class NodeOutboxTests
{
    private readonly ManualTimeProvider clock = new();
    private readonly System.Threading.Channels.Channel<DeliveryBatch> sent = System.Threading.Channels.Channel.CreateUnbounded<DeliveryBatch>();
    private readonly System.Threading.Channels.Channel<int> dropped = System.Threading.Channels.Channel.CreateUnbounded<int>();

    [Fact]
    public async Task The_first_item_goes_at_once_and_what_follows_within_the_pace_goes_together()
    {
        var outbox = new NodeOutbox(isNear: false, clock, SendAsync, (count, _) => dropped.Writer.TryWrite(count));
        var items = Enumerable.Range(1, 10).Select(NewItem).ToArray();

        outbox.Add(items[0]);
        Assert.Equal(items[..1], (await sent.Reader.ReadAsync()).Items.ToArray());
        foreach (var item in items[1..])
        {
            outbox.Add(item);
        }

        await clock.WaitForTimersAsync(1);
        Assert.Equal(0, sent.Reader.Count);
        clock.Advance(NodeOutbox.LongestPace);
        Assert.Equal(items[1..], (await sent.Reader.ReadAsync()).Items.ToArray());
        Assert.Equal(0, dropped.Reader.Count);
    }

    [Theory]
    [InlineData(0, 1.0)]
    [InlineData(10, 1.3)]
    [InlineData(100, 4.0)]
    [InlineData(10_000, 5.0)]
    public void The_more_there_is_the_longer_it_gathers(int items, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), NodeOutbox.PaceAfter(items));

    [Fact]
    public async Task A_batch_tells_when_its_oldest_item_came()
    {
        var outbox = new NodeOutbox(isNear: false, clock, SendAsync, (count, _) => dropped.Writer.TryWrite(count));
        outbox.Add(NewItem(1));
        await sent.Reader.ReadAsync();
        await clock.WaitForTimersAsync(1);
        var oldest = clock.GetUtcNow().UtcDateTime;
        outbox.Add(NewItem(2));
        clock.Advance(NodeOutbox.PaceAfter(1) / 2);
        outbox.Add(NewItem(3));

        clock.Advance(NodeOutbox.PaceAfter(1) / 2);

        Assert.Equal(oldest, (await sent.Reader.ReadAsync()).CommittedAt);
    }

    [Fact]
    public async Task A_node_in_this_process_gets_everything_at_once_while_it_is_little()
    {
        var outbox = new NodeOutbox(isNear: true, clock, SendAsync, (count, _) => dropped.Writer.TryWrite(count));
        for (var i = 1; i <= 100; i++)
        {
            outbox.Add(NewItem(i));
            Assert.Equal(i, (await sent.Reader.ReadAsync()).Items.Single().Block!.First);
        }
    }

    [Fact]
    public async Task A_node_in_this_process_gets_much_at_a_pace()
    {
        var held = new TaskCompletionSource();
        var outbox = new NodeOutbox(
            isNear: true,
            clock,
            batch =>
            {
                sent.Writer.TryWrite(batch);
                return held.Task;
            },
            (count, _) => dropped.Writer.TryWrite(count));
        outbox.Add(NewItem(1));
        await sent.Reader.ReadAsync();
        for (var i = 0; i < NodeOutbox.NearLimit; i++)
        {
            outbox.Add(NewItem(2 + i));
        }

        held.SetResult();
        Assert.Equal(NodeOutbox.NearLimit, (await sent.Reader.ReadAsync()).Items.Length);
        outbox.Add(NewItem(2 + NodeOutbox.NearLimit));
        await clock.WaitForTimersAsync(1);
        Assert.Equal(0, sent.Reader.Count);
        clock.Advance(NodeOutbox.PaceAfter(NodeOutbox.NearLimit));
        Assert.Single((await sent.Reader.ReadAsync()).Items);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_sent_is_dropped_and_the_next_goes()
    {
        var fail = true;
        var outbox = new NodeOutbox(
            isNear: false, clock, batch => fail ? throw new TimeoutException() : SendAsync(batch), (count, _) => dropped.Writer.TryWrite(count));
        outbox.Add(NewItem(1));
        Assert.Equal(1, await dropped.Reader.ReadAsync());

        fail = false;
        outbox.Add(NewItem(2));
        await clock.WaitForTimersAsync(1);
        clock.Advance(NodeOutbox.LongestPace);

        Assert.Equal(2, (await sent.Reader.ReadAsync()).Items.Single().Block!.First);
    }

    [Fact]
    public async Task A_node_that_takes_nothing_costs_a_bounded_queue()
    {
        var never = new TaskCompletionSource();
        var outbox = new NodeOutbox(
            isNear: false,
            clock,
            batch =>
            {
                sent.Writer.TryWrite(batch);
                return never.Task;
            },
            (count, _) => dropped.Writer.TryWrite(count));
        outbox.Add(NewItem(1));
        await sent.Reader.ReadAsync();

        for (var i = 0; i <= NodeOutbox.ItemLimit; i++)
        {
            outbox.Add(NewItem(2 + i));
        }

        Assert.Equal(NodeOutbox.ItemLimit, await dropped.Reader.ReadAsync());
    }

    private Task SendAsync(DeliveryBatch batch)
    {
        sent.Writer.TryWrite(batch);
        return Task.CompletedTask;
    }

    private static DeliveryItem NewItem(int sequence) =>
        new(new ConversationKey(OwnerId.Local, default), DeliveryKind.Events, Blocks.Deltas(sequence, "msg_1", "x"));
}
