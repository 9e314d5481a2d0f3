using System.Collections.Immutable;
using OrleansChat.Delivery;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Delivery;

public class SiloWatchesTests
{
    private static readonly NodeId Here = new("here");
    private static readonly NodeId There = new("there");

    private readonly ManualTimeProvider clock = new();
    private readonly SiloWatches silo;
    private readonly Watchers conversation;

    public SiloWatchesTests()
    {
        silo = new SiloWatches(clock);
        conversation = new Watchers(clock, silo) { Head = 5 };
    }

    [Fact]
    public void Only_who_has_missed_something_or_is_not_known_is_told()
    {
        var other = new Watchers(clock, silo) { Head = 9 };
        conversation.Renew(new Watcher(Here, 1));
        conversation.Renew(new Watcher(There, 3));
        other.Renew(new Watcher(Here, 2));

        Assert.Empty(Compare(Here, new FeedHead(1, 5), new FeedHead(2, 9)));

        // A node may know more than what this activation has told, from its answer.
        Assert.Equal(
            [new FeedHead(2, 9), new FeedHead(3, FeedHead.Unwatched)],
            Compare(Here, new FeedHead(1, 6), new FeedHead(2, 8), new FeedHead(3, 5)));
    }

    [Fact]
    public void Comparing_renews_the_watches_that_are_compared()
    {
        conversation.Renew(new Watcher(Here, 1));
        conversation.Renew(new Watcher(There, 1));

        for (var i = 0; i < 4; i++)
        {
            clock.Advance(DeliveryStream.WatchLease * 0.6);
            Assert.Empty(Compare(Here, new FeedHead(1, 5)));
        }

        Assert.Equal([Here], conversation.Current());
    }

    [Fact]
    public void A_watch_that_has_lapsed_is_not_revived_by_comparing_because_it_may_have_been_passed_over()
    {
        conversation.Renew(new Watcher(Here, 1));
        clock.Advance(DeliveryStream.WatchLease + TimeSpan.FromSeconds(1));

        Assert.Equal([new FeedHead(1, FeedHead.Unwatched)], Compare(Here, new FeedHead(1, 5)));
        Assert.Empty(conversation.Current());
        conversation.Renew(new Watcher(Here, 1));
        Assert.Empty(Compare(Here, new FeedHead(1, 5)));
        Assert.Equal([Here], conversation.Current());
    }

    [Fact]
    public void Nothing_is_kept_of_watches_that_have_ended()
    {
        conversation.Renew(new Watcher(Here, 1));
        conversation.Renew(new Watcher(Here, 2));
        Assert.Equal(1, silo.Count);
        Assert.Equal([new FeedHead(1, FeedHead.Unwatched)], Compare(Here, new FeedHead(1, 5), new FeedHead(2, 5)));

        conversation.Remove(new Watcher(Here, 1));
        Assert.Equal(1, silo.Count);
        conversation.Remove(new Watcher(Here, 2));
        Assert.Equal(0, silo.Count);

        conversation.Renew(new Watcher(Here, 3));
        conversation.Renew(new Watcher(There, 3));
        conversation.Clear();
        Assert.Equal(0, silo.Count);
        Assert.Empty(conversation.Current());
    }

    private FeedHead[] Compare(NodeId node, params ImmutableArray<FeedHead> feeds) => [.. silo.Compare(node, feeds)];
}
