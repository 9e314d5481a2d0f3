using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Feeds;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Feeds;

public sealed class FeedWatchdogTests : WatchedFeeds
{
    [Fact]
    public async Task A_silent_conversation_is_compared_every_second_and_its_grain_left_alone()
    {
        Grain.Commit(Blocks.Of(Blocks.Completed(4, "msg_3")));
        Grain.Status = ConversationStatus.Idle;
        using var reader = await Feeds.JoinAsync(Key, 4, CancellationToken.None);

        Pass(TimeSpan.FromSeconds(0.75));
        Assert.Empty(Silo.Comparisons);
        Pass(TimeSpan.FromSeconds(59.25));

        Assert.Equal((1, 60), (Grain.Watches, Silo.Comparisons.Count));
        Assert.All(Silo.Comparisons, compared => Assert.Equal(new FeedHead(reader.Feed.Number, 4), Assert.Single(compared)));
    }

    [Fact]
    public async Task A_reply_that_is_silent_is_asked_about_after_ten_seconds_and_then_ever_less_often_whatever_its_silo_says()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);

        Pass(TimeSpan.FromSeconds(9.75));
        Assert.Equal(1, Grain.Watches);
        Pass(FeedTimes.Tick);
        Assert.Equal(2, Grain.Watches);

        // At 10 s, 20 s, 40 s and 80 s of silence.
        Pass(TimeSpan.FromSeconds(80));
        Assert.Equal(5, Grain.Watches);
    }

    [Fact]
    public async Task A_page_that_somebody_reads_says_nothing_of_whether_the_grain_still_knows_of_the_feed()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        reader.Feed.Suspect();

        await reader.Feed.ReadAsync(0);
        Pass(FeedTimes.Retry);

        Assert.Equal(2, Grain.Watches);
        Assert.False(reader.Feed.Freshness.IsStale);
    }

    [Fact]
    public async Task What_the_stream_lost_is_found_by_comparing()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        Grain.Commit(Blocks.Deltas(4, "msg_3", "lost on its way"));
        var woken = reader.Feed.View(3).Changed.AsTask();

        Pass(TimeSpan.FromSeconds(1.25));

        await woken.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((4, 2), (reader.Feed.Head, Grain.Watches));
    }

    [Fact]
    public async Task What_is_on_its_way_is_not_asked_for()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        var block = Grain.Commit(Blocks.Deltas(4, "msg_3", "a moment"));

        Pass(TimeSpan.FromSeconds(1));
        Assert.Single(Silo.Comparisons);
        Feeds.Accept(new DeliveryItem(Key, DeliveryKind.Events, block));
        Pass(TimeSpan.FromSeconds(5));

        Assert.Equal((4, 1, 0), (reader.Feed.Head, Grain.Watches, reader.Feed.Freshness.Missed));
    }

    [Fact]
    public async Task A_feed_that_lags_behind_but_goes_on_is_not_asked_about()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        Silo.HeadOf = _ => reader.Feed.Head + 50;

        for (var next = 4; next < 60; next++)
        {
            Pass(FeedTimes.Tick);
            Feeds.Accept(new DeliveryItem(Key, DeliveryKind.Events, Grain.Commit(Blocks.Deltas(next, "msg_3", "late"))));
        }

        Assert.Equal((59, 1), (reader.Feed.Head, Grain.Watches));
    }

    [Fact]
    public async Task A_feed_of_which_its_silo_knows_nothing_watches_anew()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        Silo.HeadOf = _ => FeedHead.Unwatched;
        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((1, true), (Grain.Watches, reader.Feed.Freshness.IsStale));

        Silo.HeadOf = _ => Grain.Head;
        Pass(FeedTimes.Tick);
        Assert.Equal((2, false), (Grain.Watches, reader.Feed.Freshness.IsStale));
        Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(2, Grain.Watches);
    }

    [Fact]
    public async Task Where_a_silo_does_not_answer_the_grains_are_asked()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        Grain.Commit(Blocks.Deltas(4, "msg_3", "on its next silo"));
        var woken = reader.Feed.View(3).Changed.AsTask();
        Silo.Gate = new TaskCompletionSource().Task;

        Pass(TimeSpan.FromSeconds(1) + FeedTimes.Patience + FeedTimes.Tick);

        await woken.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(4, reader.Feed.Head);
    }

    [Fact]
    public async Task A_watch_is_renewed_every_five_minutes_and_readers_show_life_every_fifteen_seconds()
    {
        Grain.Commit(Blocks.Of(Blocks.Completed(4, "msg_3")));
        Grain.Status = ConversationStatus.Idle;
        using var reader = await Feeds.JoinAsync(Key, 4, CancellationToken.None);

        for (var period = 1; period <= 19; period++)
        {
            Pass(TimeSpan.FromSeconds(15));
            Assert.Equal((1, period), (Grain.Watches, reader.Group.Heartbeats));
        }

        Pass(TimeSpan.FromMinutes(5.5));
        Assert.Equal(3, Grain.Watches);
    }

    [Fact]
    public async Task A_watch_on_a_silo_that_does_not_compare_is_renewed_every_ten_seconds()
    {
        Grain.On = null;
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);

        Pass(TimeSpan.FromSeconds(25));

        Assert.Equal((3, 0), (Grain.Watches, Silo.Comparisons.Count));
    }

    [Fact]
    public async Task Where_more_is_to_be_asked_than_may_be_nobody_waits_behind_others_for_ever()
    {
        // Every ten seconds 4,000 may be asked.
        const int Count = 5000;
        var grains = new Dictionary<ConversationKey, FakeConversation>();
        var many = new ConversationFeeds(key => grains[key] = new FakeConversation(), new FeedNumbers(new NodeId("here")), Clock);
        using var overworked = WatchdogOf(many);
        for (var i = 0; i < Count; i++)
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
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        var dead = new TaskCompletionSource();
        Grain.Gate = dead.Task;
        var asking = reader.Feed.RefreshAsync(3, CancellationToken.None);
        Clock.Advance(FeedTimes.Patience);
        await Assert.ThrowsAsync<TimeoutException>(() => asking);
        Assert.True(reader.Feed.Freshness.IsStale);

        // The cluster has found it another silo by now.
        Grain.Gate = Task.CompletedTask;
        Grain.Commit(Blocks.Deltas(4, "msg_3", "from its new silo"));
        var woken = reader.Feed.View(3).Changed.AsTask();
        Pass(FeedTimes.Retry);

        await woken.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal((4, false), (reader.Feed.Head, reader.Feed.Freshness.IsStale));
    }

    [Fact]
    public async Task Who_has_to_be_served_joins_also_when_the_grain_does_not_answer()
    {
        var dead = new TaskCompletionSource();
        Grain.Gate = dead.Task;
        var joining = Feeds.JoinPatientlyAsync(Key, 2, CancellationToken.None);
        Clock.Advance(FeedTimes.Patience);
        using var reader = await joining;
        var view = reader.Feed.View(2);
        Assert.Null(view.Next);

        Grain.Gate = Task.CompletedTask;
        Pass(FeedTimes.Retry);

        await view.Changed.AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(3, reader.Feed.Head);
    }

    [Fact]
    public async Task What_the_stream_does_not_bring_is_counted_until_it_brings_something()
    {
        using var reader = await Feeds.JoinAsync(Key, 3, CancellationToken.None);
        for (var i = 1; i <= 3; i++)
        {
            Grain.Commit(Blocks.Deltas(3 + i, "msg_3", "lost"));
            Pass(TimeSpan.FromSeconds(2));
            Assert.Equal(i, reader.Feed.Freshness.Missed);
        }

        Feeds.Accept(new DeliveryItem(Key, DeliveryKind.Events, Grain.Commit(Blocks.Deltas(7, "msg_3", "here"))));
        Assert.Equal(0, reader.Feed.Freshness.Missed);
        Pass(TimeSpan.FromSeconds(2));
        Assert.Equal(0, reader.Feed.Freshness.Missed);
    }

    [Fact]
    public async Task When_a_silo_has_left_all_grains_are_asked_also_those_of_idle_conversations()
    {
        Grain.Commit(Blocks.Of(Blocks.Completed(4, "msg_3")));
        Grain.Status = ConversationStatus.Idle;
        using var reader = await Feeds.JoinAsync(Key, 4, CancellationToken.None);
        Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(1, Grain.Watches);

        Feeds.SiloLeft();
        Pass(FeedTimes.Tick);
        Assert.Equal((2, false), (Grain.Watches, reader.Feed.Freshness.IsStale));
        Pass(TimeSpan.FromSeconds(5));
        Assert.Equal(2, Grain.Watches);
    }
}
