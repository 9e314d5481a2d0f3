using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Feeds;
using OrleansChat.OwnerFeeds;
using OrleansChat.Owners;
using OrleansChat.Testing;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.OwnerFeeds;

/// <summary>How the owners' feeds of a node stay current, with the clock that looks after all feeds.</summary>
public sealed class OwnerFeedRegistryTests : IDisposable
{
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));
    private readonly ManualTimeProvider clock = new();
    private readonly FakeOwnerFeedGrain grain = new();
    private readonly FakeSiloWatches silo = new();
    private readonly OwnerFeedRegistry feeds;
    private readonly FeedWatchdog watchdog;

    public OwnerFeedRegistryTests()
    {
        Announce(7);
        silo.HeadOf = _ => grain.Position.Number;
        feeds = new OwnerFeedRegistry(_ => grain, new FeedNumbers(new NodeId("here")), clock);
        watchdog = Watchdogs.Of(feeds, silo, clock);
    }

    public void Dispose() => watchdog.Dispose();

    [Fact]
    public async Task They_are_compared_every_second_and_grains_left_alone_for_five_minutes()
    {
        var feed = await feeds.JoinAsync(OwnerId.Local);
        Pass(TimeSpan.FromSeconds(299));
        Assert.Equal((1, 299), (grain.Watches, silo.Comparisons.Count));
        Assert.All(silo.Comparisons, compared => Assert.Equal(new FeedHead(feed.Number, 7), Assert.Single(compared)));

        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((2, 0), (grain.Watches, feed.Gaps));
    }

    [Fact]
    public async Task What_the_stream_lost_is_found_by_comparing()
    {
        var feed = await feeds.JoinAsync(OwnerId.Local);
        var woken = feed.Changed;
        Announce(8);

        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((0, 1), (feed.Gaps, grain.Watches));
        Pass(FeedTimes.Tick);

        Assert.Equal((1, 2, 8L, true), (feed.Gaps, grain.Watches, feed.Head, woken.IsCompleted));
        Pass(TimeSpan.FromSeconds(60));
        Assert.Equal((1, 2), (feed.Gaps, grain.Watches));
    }

    [Fact]
    public async Task What_comes_late_was_on_its_way_and_nobody_is_asked_for_it()
    {
        var feed = await feeds.JoinAsync(OwnerId.Local);
        Announce(8);
        Pass(TimeSpan.FromSeconds(1));

        Deliver(8);
        Pass(TimeSpan.FromSeconds(60));

        Assert.Equal((0, 1, 8L), (feed.Gaps, grain.Watches, feed.Head));
        Assert.Single(feed.After(0)!);
    }

    [Fact]
    public async Task A_silo_that_knows_nothing_of_a_feed_has_it_watch_anew_and_another_activation_is_a_gap()
    {
        var feed = await feeds.JoinAsync(OwnerId.Local);
        silo.HeadOf = _ => FeedHead.Unwatched;
        Pass(TimeSpan.FromSeconds(1));
        Assert.True(feed.Freshness.IsStale);

        silo.HeadOf = _ => grain.Position.Number;
        grain.Position = new NewsPosition("b", 2) { WatchedOn = FakeSiloWatches.Id };
        Pass(FeedTimes.Tick);
        Assert.Equal((1, 2, 2L), (feed.Gaps, grain.Watches, feed.Head));

        // The numbers of the one before do not count any more.
        feeds.Accept(new DeliveryItem(key, DeliveryKind.OwnerNews, null) { News = News("b", 3) });
        Pass(TimeSpan.FromSeconds(60));
        Assert.Equal((1, 2, 3L), (feed.Gaps, grain.Watches, feed.Head));
    }

    [Fact]
    public async Task When_a_silo_is_gone_all_watch_anew_and_who_gets_no_answer_asks_again()
    {
        var feed = await feeds.JoinAsync(OwnerId.Local);
        grain.Failure = new TimeoutException();
        feeds.SiloLeft();
        Pass(FeedTimes.Retry * 4);
        Assert.Equal((5, 0, true), (grain.Watches, feed.Gaps, feed.Freshness.IsStale));

        (grain.Failure, grain.Position) = (null, new NewsPosition("b", 0) { WatchedOn = FakeSiloWatches.Id });
        Pass(FeedTimes.Retry);
        Assert.Equal((6, 1, false), (grain.Watches, feed.Gaps, feed.Freshness.IsStale));
    }

    [Fact]
    public async Task A_silo_that_does_not_compare_is_asked_every_ten_seconds()
    {
        grain.Position = new NewsPosition("a", 7);
        var feed = await feeds.JoinAsync(OwnerId.Local);

        Pass(TimeSpan.FromSeconds(10));
        grain.Position = new NewsPosition("a", 8);
        Pass(TimeSpan.FromSeconds(10));
        Assert.Equal((0, 3), (feed.Gaps, grain.Watches));
        Pass(TimeSpan.FromSeconds(10));

        Assert.Equal((1, 8L), (feed.Gaps, feed.Head));
        Assert.Empty(silo.Comparisons);
    }

    [Fact]
    public async Task Connections_show_every_fifteen_seconds_that_they_are_alive()
    {
        var feed = await feeds.JoinAsync(OwnerId.Local);

        for (var period = 1; period <= 20; period++)
        {
            Pass(TimeSpan.FromSeconds(15));
            Assert.Equal(period, feed.Heartbeats);
        }
    }

    [Fact]
    public async Task No_two_feeds_of_a_node_watch_as_the_same_whatever_they_watch()
    {
        var numbers = new FeedNumbers(new NodeId("here"));
        var conversation = new FakeConversation { On = FakeSiloWatches.Id };
        conversation.Commit(Blocks.Of(Blocks.Created()));
        var conversations = new ConversationFeeds(_ => conversation, numbers, clock);
        var owners = new OwnerFeedRegistry(_ => grain, numbers, clock);
        using var both = Watchdogs.Of(conversations, owners, silo, clock);
        using var reader = await conversations.JoinAsync(key, 1, CancellationToken.None);
        var feed = await owners.JoinAsync(OwnerId.Local);

        both.Pass(clock, TimeSpan.FromSeconds(1));

        Assert.NotEqual(reader.Feed.Number, feed.Number);
        Assert.Equal([reader.Feed.Number, feed.Number], Assert.Single(silo.Comparisons).Select(compared => compared.Feed));
    }

    private static ConversationNews News(string epoch, long number) =>
        new(NewsKind.Deleted, ConversationId.New(TimeProvider.System), Conversation: null) { Position = new NewsPosition(epoch, number) };

    private void Announce(long number) => grain.Position = new NewsPosition("a", number) { WatchedOn = FakeSiloWatches.Id };

    private void Deliver(long number) => feeds.Accept(new DeliveryItem(key, DeliveryKind.OwnerNews, null) { News = News("a", number) });

    private void Pass(TimeSpan time) => watchdog.Pass(clock, time);
}
