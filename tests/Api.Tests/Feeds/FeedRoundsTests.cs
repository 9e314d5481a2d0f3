using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Feeds;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Feeds;

/// <summary>Which feeds and readers a node looks at when, and that none is forgotten.</summary>
public sealed class FeedRoundsTests : WatchedFeeds
{
    [Fact]
    public async Task Of_many_readers_few_show_life_in_the_same_moment()
    {
        const int Readers = 5000;
        var readers = new List<FeedMembership>();
        for (var i = 0; i < Readers; i++)
        {
            readers.Add(await Feeds.JoinToFollowAsync(Key, 3, CancellationToken.None));
        }

        Pass(TimeSpan.FromSeconds(15));
        var most = 0;
        for (var (tick, before) = (0, Beats()); tick < 60; tick++)
        {
            Pass(FeedTimes.Tick);
            (most, before) = (Math.Max(most, Beats() - before), Beats());
        }

        Assert.All(readers, reader => Assert.Equal(2, reader.Group.Heartbeats));
        Assert.InRange(most, 1, 6 * ReaderGroup.Most);

        int Beats() => readers.Sum(reader => reader.Group.Heartbeats);
    }

    [Fact]
    public async Task Many_conversations_are_compared_a_quarter_at_a_time()
    {
        Silo.HeadOf = _ => 3;
        var readers = new List<FeedMembership>();
        for (var i = 0; i < 400; i++)
        {
            if (i % 100 == 0)
            {
                Pass(FeedTimes.Tick);
            }

            readers.Add(await Feeds.JoinAsync(new ConversationKey(OwnerId.Local, ConversationId.New(TimeProvider.System)), 3, CancellationToken.None));
        }

        Silo.Comparisons.Clear();
        Pass(TimeSpan.FromSeconds(1));

        Assert.Equal([100, 100, 100, 100], Silo.Comparisons.Select(compared => compared.Length));
        Assert.Equal(
            readers.Select(reader => reader.Feed.Number).Order(),
            Silo.Comparisons.SelectMany(compared => compared).Select(compared => compared.Feed).Order());
    }

    [Fact]
    public async Task A_node_that_was_busy_for_long_looks_at_every_feed_once()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        Clock.Advance(TimeSpan.FromSeconds(9));

        Watchdog.Look();

        Assert.Equal((1, 1), (Silo.Comparisons.Count, Grain.Watches));
        Assert.InRange(reader.Group.Heartbeats, 0, 1);
    }

    [Fact]
    public async Task A_feed_that_has_ended_while_its_grain_was_asked_is_not_asked_about_again()
    {
        var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        Grain.Gate = new TaskCompletionSource().Task;
        var asking = reader.Feed.RefreshQuietlyAsync();
        reader.Feed.Freshness.Suspect();
        reader.Dispose();
        Assert.Empty(Feeds.All);

        Pass(FeedTimes.Patience);
        await asking;
        Grain.Gate = Task.CompletedTask;
        Pass(TimeSpan.FromSeconds(5));

        Assert.Equal(2, Grain.Watches);
    }

    [Fact]
    public async Task Who_leaves_in_his_sleep_is_woken_with_his_group_at_the_next_look_and_only_then()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        var others = new List<FeedMembership>();
        for (var i = 0; i < ReaderGroup.Most; i++)
        {
            others.Add(await Feeds.JoinToFollowAsync(Key, 3, CancellationToken.None));
        }

        var wait = new ReaderWait(reader.Group);
        var waiting = reader.Feed.View(3, wait).Changed;
        var elsewhere = reader.Feed.View(3, new ReaderWait(others[^1].Group)).Changed;

        reader.Group.WakeSoon();
        reader.Group.WakeSoon();
        Assert.False(waiting.IsCompleted);
        Pass(FeedTimes.Tick);

        Assert.Equal((true, false), (waiting.IsCompleted, elsewhere.IsCompleted));
        var next = reader.Feed.View(3, wait).Changed;
        Pass(FeedTimes.Tick);
        Assert.False(next.IsCompleted);
        Assert.Equal(0, reader.Group.Heartbeats);

        Feeds.Accept(new DeliveryItem(Key, DeliveryKind.Events, Grain.Commit(Blocks.Deltas(4, "msg_3", "for all"))));
        Assert.Equal((true, true), (next.IsCompleted, elsewhere.IsCompleted));
    }

    [Fact]
    public async Task The_place_of_a_reader_who_left_is_for_the_next_one()
    {
        var readers = new List<FeedMembership>();
        for (var i = 0; i < ReaderGroup.Most + 1; i++)
        {
            readers.Add(await Feeds.JoinToFollowAsync(Key, 3, CancellationToken.None));
        }

        Assert.Equal((ReaderGroup.Most, 1), (readers[0].Group.Readers, readers[^1].Group.Readers));
        readers[5].Dispose();
        using var next = await Feeds.JoinToFollowAsync(Key, 3, CancellationToken.None);

        Assert.Same(readers[0].Group, next.Group);
    }
}
