using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Feeds;
using OrleansChat.Testing;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Feeds;

/// <summary>How feeds come and go with their readers.</summary>
public sealed class ConversationFeedsTests : IDisposable
{
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));
    private readonly ManualTimeProvider clock = new();
    private readonly FakeConversation grain = new() { On = FakeSiloWatches.Id };
    private readonly ConversationFeeds feeds;
    private readonly FeedWatchdog watchdog;

    public ConversationFeedsTests()
    {
        feeds = new ConversationFeeds(_ => grain, new FeedNumbers(new NodeId("here")), clock);
        var silo = new FakeSiloWatches { HeadOf = _ => grain.Head };
        watchdog = Watchdogs.Of(feeds, silo, clock);
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3)));
    }

    public void Dispose() => watchdog.Dispose();

    [Fact]
    public async Task A_feed_lives_as_long_as_it_has_a_reader()
    {
        grain.Commit(Blocks.Of(Blocks.Completed(4, "msg_3")));
        grain.Status = ConversationStatus.Idle;
        var first = await feeds.JoinAsync(key, 4, CancellationToken.None);
        var second = await feeds.JoinAsync(key, 0, CancellationToken.None);
        Assert.Same(first.Feed, second.Feed);

        first.Dispose();
        first.Dispose();
        Assert.Single(feeds.All);
        second.Dispose();
        Assert.Empty(feeds.All);
        Assert.Equal(1, grain.Unwatches);
        using var third = await feeds.JoinAsync(key, 4, CancellationToken.None);
        Assert.NotSame(first.Feed, third.Feed);
    }

    [Fact]
    public async Task In_the_middle_of_a_reply_a_feed_waits_five_seconds_for_who_was_cut_off()
    {
        var cut = await feeds.JoinAsync(key, 3, CancellationToken.None);
        cut.Dispose();
        feeds.Accept(new DeliveryItem(key, DeliveryKind.Events, grain.Commit(Blocks.Deltas(4, "msg_3", "meanwhile"))));
        Pass(TimeSpan.FromSeconds(4.75));

        var back = await feeds.JoinToFollowAsync(key, 3, CancellationToken.None);
        Assert.Equal((cut.Feed, 4), (back.Feed, back.Feed.View(3).Next!.Block.Last));
        Assert.Equal((1, 0), (grain.Watches, grain.Unwatches));

        Pass(TimeSpan.FromSeconds(4.75));
        back.Dispose();
        Pass(TimeSpan.FromSeconds(4.75));
        Assert.Single(feeds.All);
        Pass(TimeSpan.FromSeconds(1));
        Assert.Empty(feeds.All);
        Assert.Equal(1, grain.Unwatches);
    }

    [Fact]
    public async Task When_the_reply_has_ended_a_feed_waits_for_nobody()
    {
        var cut = await feeds.JoinAsync(key, 3, CancellationToken.None);
        cut.Dispose();
        Pass(FeedTimes.Tick);
        Assert.Single(feeds.All);

        feeds.Accept(new DeliveryItem(key, DeliveryKind.Events, grain.Commit(Blocks.Of(Blocks.Completed(4, "msg_3")))));
        Pass(FeedTimes.Tick);

        Assert.Empty(feeds.All);
    }

    [Fact]
    public async Task A_thousand_who_come_back_at_once_ask_once()
    {
        var held = new TaskCompletionSource();
        grain.Gate = held.Task;
        var coming = Enumerable.Range(0, 1000).Select(_ => feeds.JoinToFollowAsync(key, 2, CancellationToken.None)).ToArray();
        held.SetResult();
        var back = await Task.WhenAll(coming);
        using var late = await feeds.JoinToFollowAsync(key, 3, CancellationToken.None);

        Assert.Equal(1, grain.Watches);
        Assert.All(back, reader => Assert.Equal(3, reader.Feed.View(2).Next!.Block.Last));
        Array.ForEach(back, reader => reader.Dispose());
    }

    [Fact]
    public async Task Who_follows_from_where_the_feed_is_not_yet_has_the_grain_asked()
    {
        using var first = await feeds.JoinToFollowAsync(key, 3, CancellationToken.None);
        grain.Commit(Blocks.Deltas(4, "msg_3", "read at another node"));

        using var second = await feeds.JoinToFollowAsync(key, 4, CancellationToken.None);
        Assert.Equal((4, 2), (second.Feed.Head, grain.Watches));

        // What is beyond the grain's head, too, stays beyond it.
        using var third = await feeds.JoinToFollowAsync(key, 9, CancellationToken.None);
        Assert.Equal(4, third.Feed.Head);

        grain.Exists = false;
        third.Feed.Freshness.Suspect();
        using var fourth = await feeds.JoinToFollowAsync(key, 4, CancellationToken.None);
        Assert.True(fourth.Feed.IsGone);
    }

    private void Pass(TimeSpan time) => watchdog.Pass(clock, time);
}
