using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Feeds;
using OrleansChat.Testing;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Feeds;

public sealed class FeedWatchdogTests : IDisposable
{
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));
    private readonly ManualTimeProvider clock = new();
    private readonly FakeConversation grain = new() { On = FakeSiloWatches.Id };
    private readonly FakeSiloWatches silo = new();
    private readonly ConversationFeeds feeds;
    private readonly FeedWatchdog watchdog;

    public FeedWatchdogTests()
    {
        feeds = new ConversationFeeds(_ => grain, new FeedNumbers(new NodeId("here")), clock);
        watchdog = WatchdogOf(feeds);
        silo.HeadOf = _ => grain.Head;
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3)));
    }

    public void Dispose() => watchdog.Dispose();

    [Fact]
    public async Task A_silent_conversation_is_compared_every_second_and_its_grain_left_alone()
    {
        grain.Commit(Blocks.Of(Blocks.Completed(4, "msg_3")));
        grain.Status = ConversationStatus.Idle;
        using var reader = await feeds.JoinAsync(key, 4, CancellationToken.None);

        Pass(TimeSpan.FromSeconds(0.75));
        Assert.Empty(silo.Comparisons);
        Pass(TimeSpan.FromSeconds(59.25));

        Assert.Equal((1, 60), (grain.Watches, silo.Comparisons.Count));
        Assert.All(silo.Comparisons, compared => Assert.Equal(new FeedHead(reader.Feed.Number, 4), Assert.Single(compared)));
    }

    [Fact]
    public async Task A_reply_that_is_silent_is_asked_about_after_ten_seconds_and_then_ever_less_often_whatever_its_silo_says()
    {
        using var reader = await feeds.JoinAsync(key, 3, CancellationToken.None);

        Pass(TimeSpan.FromSeconds(9.75));
        Assert.Equal(1, grain.Watches);
        Pass(FeedTimes.Tick);
        Assert.Equal(2, grain.Watches);

        // At 10 s, 20 s, 40 s and 80 s of silence.
        Pass(TimeSpan.FromSeconds(80));
        Assert.Equal(5, grain.Watches);
    }

    [Fact]
    public async Task What_the_stream_lost_is_found_by_comparing()
    {
        using var reader = await feeds.JoinAsync(key, 3, CancellationToken.None);
        grain.Commit(Blocks.Deltas(4, "msg_3", "lost on its way"));
        var woken = reader.Feed.View(3).Changed;

        Pass(TimeSpan.FromSeconds(1.25));

        await woken.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((4, 2), (reader.Feed.Head, grain.Watches));
    }

    [Fact]
    public async Task What_is_on_its_way_is_not_asked_for()
    {
        using var reader = await feeds.JoinAsync(key, 3, CancellationToken.None);
        var block = grain.Commit(Blocks.Deltas(4, "msg_3", "a moment"));

        Pass(TimeSpan.FromSeconds(1));
        Assert.Single(silo.Comparisons);
        feeds.Accept(new DeliveryItem(key, DeliveryKind.Events, block));
        Pass(TimeSpan.FromSeconds(5));

        Assert.Equal((4, 1, 0), (reader.Feed.Head, grain.Watches, reader.Feed.Freshness.Missed));
    }

    [Fact]
    public async Task A_feed_that_lags_behind_but_goes_on_is_not_asked_about()
    {
        using var reader = await feeds.JoinAsync(key, 3, CancellationToken.None);
        silo.HeadOf = _ => reader.Feed.Head + 50;

        for (var next = 4; next < 60; next++)
        {
            Pass(FeedTimes.Tick);
            feeds.Accept(new DeliveryItem(key, DeliveryKind.Events, grain.Commit(Blocks.Deltas(next, "msg_3", "late"))));
        }

        Assert.Equal((59, 1), (reader.Feed.Head, grain.Watches));
    }

    [Fact]
    public async Task A_feed_of_which_its_silo_knows_nothing_watches_anew()
    {
        using var reader = await feeds.JoinAsync(key, 3, CancellationToken.None);
        silo.HeadOf = _ => FeedHead.Unwatched;
        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((1, true), (grain.Watches, reader.Feed.Freshness.IsStale));

        silo.HeadOf = _ => grain.Head;
        Pass(FeedTimes.Tick);
        Assert.Equal((2, false), (grain.Watches, reader.Feed.Freshness.IsStale));
        Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(2, grain.Watches);
    }

    [Fact]
    public async Task Where_a_silo_does_not_answer_the_grains_are_asked()
    {
        using var reader = await feeds.JoinAsync(key, 3, CancellationToken.None);
        grain.Commit(Blocks.Deltas(4, "msg_3", "on its next silo"));
        var woken = reader.Feed.View(3).Changed;
        silo.Gate = new TaskCompletionSource().Task;

        Pass(TimeSpan.FromSeconds(1) + FeedTimes.Patience + FeedTimes.Tick);

        await woken.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(4, reader.Feed.Head);
    }

    [Fact]
    public async Task A_watch_is_renewed_every_five_minutes_and_readers_show_life_every_fifteen_seconds()
    {
        grain.Commit(Blocks.Of(Blocks.Completed(4, "msg_3")));
        grain.Status = ConversationStatus.Idle;
        using var reader = await feeds.JoinAsync(key, 4, CancellationToken.None);

        for (var period = 1; period <= 19; period++)
        {
            Pass(TimeSpan.FromSeconds(15));
            Assert.Equal((1, period), (grain.Watches, reader.Group.Heartbeats));
        }

        Pass(TimeSpan.FromMinutes(5.5));
        Assert.Equal(3, grain.Watches);
    }

    [Fact]
    public async Task Of_many_readers_few_show_life_in_the_same_moment()
    {
        const int Readers = 5000;
        var readers = new List<FeedMembership>();
        for (var i = 0; i < Readers; i++)
        {
            readers.Add(await feeds.JoinToFollowAsync(key, 3, CancellationToken.None));
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
        silo.HeadOf = _ => 3;
        var readers = new List<FeedMembership>();
        for (var i = 0; i < 400; i++)
        {
            if (i % 100 == 0)
            {
                Pass(FeedTimes.Tick);
            }

            readers.Add(await feeds.JoinAsync(new ConversationKey(OwnerId.Local, ConversationId.New(TimeProvider.System)), 3, CancellationToken.None));
        }

        silo.Comparisons.Clear();
        Pass(TimeSpan.FromSeconds(1));

        Assert.Equal([100, 100, 100, 100], silo.Comparisons.Select(compared => compared.Length));
        Assert.Equal(
            readers.Select(reader => reader.Feed.Number).Order(),
            silo.Comparisons.SelectMany(compared => compared).Select(compared => compared.Feed).Order());
    }

    [Fact]
    public async Task A_node_that_was_busy_for_long_looks_at_every_feed_once()
    {
        using var reader = await feeds.JoinAsync(key, 3, CancellationToken.None);
        clock.Advance(TimeSpan.FromSeconds(9));

        watchdog.Look();

        Assert.Equal((1, 1), (silo.Comparisons.Count, grain.Watches));
        Assert.InRange(reader.Group.Heartbeats, 0, 1);
    }

    [Fact]
    public async Task A_feed_that_has_ended_while_its_grain_was_asked_is_not_asked_about_again()
    {
        var reader = await feeds.JoinAsync(key, 3, CancellationToken.None);
        grain.Gate = new TaskCompletionSource().Task;
        var asking = reader.Feed.RefreshQuietlyAsync();
        reader.Feed.Freshness.Suspect();
        reader.Dispose();
        Assert.Empty(feeds.All);

        Pass(FeedTimes.Patience);
        await asking;
        grain.Gate = Task.CompletedTask;
        Pass(TimeSpan.FromSeconds(5));

        Assert.Equal(2, grain.Watches);
    }

    [Fact]
    public async Task A_watch_on_a_silo_that_does_not_compare_is_renewed_every_ten_seconds()
    {
        grain.On = null;
        using var reader = await feeds.JoinAsync(key, 3, CancellationToken.None);

        Pass(TimeSpan.FromSeconds(25));

        Assert.Equal((3, 0), (grain.Watches, silo.Comparisons.Count));
    }

    [Fact]
    public async Task Where_more_is_to_be_asked_than_may_be_nobody_waits_behind_others_for_ever()
    {
        // Every ten seconds 4,000 may be asked.
        const int Feeds = 5000;
        var grains = new Dictionary<ConversationKey, FakeConversation>();
        var many = new ConversationFeeds(key => grains[key] = new FakeConversation(), new FeedNumbers(new NodeId("here")), clock);
        using var overworked = WatchdogOf(many);
        for (var i = 0; i < Feeds; i++)
        {
            _ = await many.JoinAsync(new ConversationKey(OwnerId.Local, ConversationId.New(TimeProvider.System)), 0, CancellationToken.None);
        }

        Pass(TimeSpan.FromSeconds(60), overworked);

        Assert.InRange(grains.Values.Min(grain => grain.Watches), 4, 6);
        Assert.InRange(grains.Values.Max(grain => grain.Watches), 5, 7);
    }

    [Fact]
    public async Task A_grain_that_does_not_answer_is_given_up_after_two_seconds_and_asked_again_soon()
    {
        using var reader = await feeds.JoinAsync(key, 3, CancellationToken.None);
        var dead = new TaskCompletionSource();
        grain.Gate = dead.Task;
        var asking = reader.Feed.RefreshAsync(3, CancellationToken.None);
        clock.Advance(FeedTimes.Patience);
        await Assert.ThrowsAsync<TimeoutException>(() => asking);
        Assert.True(reader.Feed.Freshness.IsStale);

        // The cluster has found it another silo by now.
        grain.Gate = Task.CompletedTask;
        grain.Commit(Blocks.Deltas(4, "msg_3", "from its new silo"));
        var woken = reader.Feed.View(3).Changed;
        Pass(FeedTimes.Retry);

        await woken.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((4, false), (reader.Feed.Head, reader.Feed.Freshness.IsStale));
    }

    [Fact]
    public async Task Who_has_to_be_served_joins_also_when_the_grain_does_not_answer()
    {
        var dead = new TaskCompletionSource();
        grain.Gate = dead.Task;
        var joining = feeds.JoinPatientlyAsync(key, 2, CancellationToken.None);
        clock.Advance(FeedTimes.Patience);
        using var reader = await joining;
        var view = reader.Feed.View(2);
        Assert.Null(view.Next);

        grain.Gate = Task.CompletedTask;
        Pass(FeedTimes.Retry);

        await view.Changed.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(3, reader.Feed.Head);
    }

    [Fact]
    public async Task What_the_stream_does_not_bring_is_counted_until_it_brings_something()
    {
        using var reader = await feeds.JoinAsync(key, 3, CancellationToken.None);
        for (var i = 1; i <= 3; i++)
        {
            grain.Commit(Blocks.Deltas(3 + i, "msg_3", "lost"));
            Pass(TimeSpan.FromSeconds(2));
            Assert.Equal(i, reader.Feed.Freshness.Missed);
        }

        feeds.Accept(new DeliveryItem(key, DeliveryKind.Events, grain.Commit(Blocks.Deltas(7, "msg_3", "here"))));
        Assert.Equal(0, reader.Feed.Freshness.Missed);
        Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(0, reader.Feed.Freshness.Missed);
    }

    [Fact]
    public async Task When_a_silo_has_left_all_grains_are_asked_also_those_of_idle_conversations()
    {
        grain.Commit(Blocks.Of(Blocks.Completed(4, "msg_3")));
        grain.Status = ConversationStatus.Idle;
        using var reader = await feeds.JoinAsync(key, 4, CancellationToken.None);
        Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(1, grain.Watches);

        feeds.SiloLeft();
        Pass(FeedTimes.Tick);
        Assert.Equal((2, false), (grain.Watches, reader.Feed.Freshness.IsStale));
        Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(2, grain.Watches);
    }

    [Fact]
    public async Task Who_leaves_in_his_sleep_is_woken_with_his_group_at_the_next_look_and_only_then()
    {
        using var reader = await feeds.JoinAsync(key, 3, CancellationToken.None);
        var others = new List<FeedMembership>();
        for (var i = 0; i < ReaderGroup.Most; i++)
        {
            others.Add(await feeds.JoinToFollowAsync(key, 3, CancellationToken.None));
        }

        var waiting = reader.Feed.View(3, reader.Group).Changed;
        var elsewhere = reader.Feed.View(3, others[^1].Group).Changed;

        reader.Group.WakeSoon();
        reader.Group.WakeSoon();
        Assert.False(waiting.IsCompleted);
        Pass(FeedTimes.Tick);

        Assert.Equal((true, false), (waiting.IsCompleted, elsewhere.IsCompleted));
        var next = reader.Feed.View(3, reader.Group).Changed;
        Pass(FeedTimes.Tick);
        Assert.False(next.IsCompleted);
        Assert.Equal(0, reader.Group.Heartbeats);

        feeds.Accept(new DeliveryItem(key, DeliveryKind.Events, grain.Commit(Blocks.Deltas(4, "msg_3", "for all"))));
        Assert.Equal((true, true), (next.IsCompleted, elsewhere.IsCompleted));
    }

    [Fact]
    public async Task The_place_of_a_reader_who_left_is_for_the_next_one()
    {
        var readers = new List<FeedMembership>();
        for (var i = 0; i < ReaderGroup.Most + 1; i++)
        {
            readers.Add(await feeds.JoinToFollowAsync(key, 3, CancellationToken.None));
        }

        Assert.Equal((ReaderGroup.Most, 1), (readers[0].Group.Readers, readers[^1].Group.Readers));
        readers[5].Dispose();
        using var next = await feeds.JoinToFollowAsync(key, 3, CancellationToken.None);

        Assert.Same(readers[0].Group, next.Group);
    }

    private FeedWatchdog WatchdogOf(ConversationFeeds feeds) => Watchdogs.Of(feeds, silo, clock);

    private void Pass(TimeSpan time, FeedWatchdog? of = null) => (of ?? watchdog).Pass(clock, time);
}
