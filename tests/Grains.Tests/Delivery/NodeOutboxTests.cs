using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Testing;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Delivery;

public class NodeOutboxTests
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(4);

    private readonly ManualTimeProvider clock = new();
    private readonly System.Threading.Channels.Channel<DeliveryBatch> sent = System.Threading.Channels.Channel.CreateUnbounded<DeliveryBatch>();
    private readonly System.Threading.Channels.Channel<int> dropped = System.Threading.Channels.Channel.CreateUnbounded<int>();

    [Fact]
    public async Task The_first_item_goes_at_once_and_what_follows_within_the_pace_goes_together()
    {
        var outbox = NewOutbox(SendAsync, static _ => Pause);
        var items = Enumerable.Range(1, 10).Select(NewItem).ToArray();

        outbox.Add(items[0]);
        Assert.Equal(items[..1], (await sent.Reader.ReadAsync()).Items.ToArray());
        foreach (var item in items[1..])
        {
            outbox.Add(item);
        }

        await clock.WaitForTimersAsync(1);
        Assert.Equal(0, sent.Reader.Count);
        clock.Advance(Pause);
        Assert.Equal(items[1..], (await sent.Reader.ReadAsync()).Items.ToArray());
        Assert.Equal(0, dropped.Reader.Count);
    }

    [Fact]
    public async Task A_batch_tells_when_its_oldest_item_came()
    {
        var outbox = NewOutbox(SendAsync, static _ => Pause);
        outbox.Add(NewItem(1));
        await sent.Reader.ReadAsync();
        await clock.WaitForTimersAsync(1);
        var oldest = clock.GetUtcNow().UtcDateTime;
        outbox.Add(NewItem(2));
        clock.Advance(Pause / 2);
        outbox.Add(NewItem(3));

        clock.Advance(Pause / 2);

        Assert.Equal(oldest, (await sent.Reader.ReadAsync()).CommittedAt);
    }

    [Fact]
    public async Task Where_nothing_is_to_gather_everything_goes_at_once()
    {
        var outbox = NewOutbox(SendAsync, static _ => TimeSpan.Zero);
        for (var i = 1; i <= 100; i++)
        {
            outbox.Add(NewItem(i));
            Assert.Equal(i, (await sent.Reader.ReadAsync()).Items.Single().Block!.First);
        }
    }

    [Fact]
    public async Task How_long_it_gathers_depends_on_how_much_was_sent()
    {
        var held = new TaskCompletionSource();
        var outbox = NewOutbox(
            batch =>
            {
                sent.Writer.TryWrite(batch);
                return held.Task;
            },
            static items => items < 16 ? TimeSpan.Zero : Pause);
        outbox.Add(NewItem(1));
        await sent.Reader.ReadAsync();
        for (var i = 0; i < 16; i++)
        {
            outbox.Add(NewItem(2 + i));
        }

        held.SetResult();
        Assert.Equal(16, (await sent.Reader.ReadAsync()).Items.Length);
        outbox.Add(NewItem(2 + 16));
        await clock.WaitForTimersAsync(1);
        Assert.Equal(0, sent.Reader.Count);
        clock.Advance(Pause);
        Assert.Single((await sent.Reader.ReadAsync()).Items);
    }

    [Fact]
    public async Task A_batch_that_cannot_be_sent_is_dropped_and_the_next_goes()
    {
        var fail = true;
        var outbox = NewOutbox(batch => fail ? throw new TimeoutException() : SendAsync(batch), static _ => Pause);
        outbox.Add(NewItem(1));
        Assert.Equal(1, await dropped.Reader.ReadAsync());

        fail = false;
        outbox.Add(NewItem(2));
        await clock.WaitForTimersAsync(1);
        clock.Advance(Pause);

        Assert.Equal(2, (await sent.Reader.ReadAsync()).Items.Single().Block!.First);
    }

    [Fact]
    public async Task A_node_that_takes_nothing_costs_a_bounded_queue()
    {
        var never = new TaskCompletionSource();
        var outbox = NewOutbox(
            batch =>
            {
                sent.Writer.TryWrite(batch);
                return never.Task;
            },
            static _ => Pause);
        outbox.Add(NewItem(1));
        await sent.Reader.ReadAsync();

        for (var i = 0; i <= NodeOutbox.ItemLimit; i++)
        {
            outbox.Add(NewItem(2 + i));
        }

        Assert.Equal(NodeOutbox.ItemLimit, await dropped.Reader.ReadAsync());
    }

    private NodeOutbox NewOutbox(Func<DeliveryBatch, Task> send, Func<int, TimeSpan> pause) =>
        new(pause, clock, send, (count, _) => dropped.Writer.TryWrite(count));

    private Task SendAsync(DeliveryBatch batch)
    {
        sent.Writer.TryWrite(batch);
        return Task.CompletedTask;
    }

    private static DeliveryItem NewItem(int sequence) =>
        new(new ConversationKey(OwnerId.Local, default), DeliveryKind.Events, Blocks.Deltas(sequence, "msg_1", "x"));
}
