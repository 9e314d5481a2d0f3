using OrleansChat.Delivery;
using OrleansChat.Feeds;
using OrleansChat.Testing;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Feeds;

public class ReaderWaitTests : WatchedFeeds
{
    [Fact]
    public async Task A_reader_waits_again_and_again()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        var wait = new ReaderWait(reader.Group);

        for (var sequence = 4; sequence < 8; sequence++)
        {
            var changed = reader.Feed.View(sequence - 1, wait).Changed;
            Assert.False(changed.IsCompleted);
            Deliver(sequence);
            await changed;
        }

        Assert.Equal(7, reader.Feed.Head);
    }

    [Fact]
    public async Task Who_looks_twice_before_he_waits_has_one_wait()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        var wait = new ReaderWait(reader.Group);
        _ = reader.Feed.View(3, wait);
        var changed = reader.Feed.View(3, wait).Changed;

        var waiting = changed.AsTask();
        Deliver(4);

        await waiting.WaitAsync(TestLimits.Signal);
    }

    [Fact]
    public async Task A_signal_for_which_nobody_waited_ends_no_later_wait()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        var wait = new ReaderWait(reader.Group);
        _ = reader.Feed.View(3, wait);
        Deliver(4);

        var changed = reader.Feed.View(4, wait).Changed;

        Assert.False(changed.IsCompleted);
        Deliver(5);
        Assert.True(changed.IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Who_has_something_to_read_does_not_wait()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        Deliver(4);

        var view = reader.Feed.View(3, new ReaderWait(reader.Group));

        Assert.Equal((4, true), (view.Next!.Block.First, view.Changed.IsCompleted));
    }

    [Fact]
    public async Task None_of_many_readers_misses_news_that_come_while_they_go_to_sleep()
    {
        const int Last = 5_000;
        var readers = new List<FeedMembership>();
        for (var i = 0; i < ReaderGroup.Most + 2; i++)
        {
            readers.Add(await Feeds.JoinToFollowAsync(Key, 3, CancellationToken.None));
        }

        var reading = readers.Select(reader => Task.Run(() => ReadToAsync(reader, Last))).ToList();
        for (var sequence = 4; sequence <= Last; sequence++)
        {
            Deliver(sequence);
        }

        await Task.WhenAll(reading).WaitAsync(TestLimits.Signal);
    }

    private static async Task ReadToAsync(FeedMembership reader, long last)
    {
        var wait = new ReaderWait(reader.Group);
        for (var cursor = 3L; cursor < last;)
        {
            var view = reader.Feed.View(cursor, wait);
            if (view.Next is { } next)
            {
                cursor = next.Block.Last;
            }
            else if (cursor + 1 < view.First)
            {
                cursor = view.First - 1;
            }
            else
            {
                await view.Changed;
            }
        }
    }

    private void Deliver(int sequence) => Feeds.Accept(new DeliveryItem(Key, DeliveryKind.Events, Grain.Commit(Blocks.Deltas(sequence, "msg_3", "a"))));
}
