using System.Collections.Concurrent;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Feeds;
using OrleansChat.Owners;

namespace OrleansChat.OwnerFeeds;

/// <summary>The feeds of this node, one per owner who listens here.</summary>
/// <param name="grainOf">Where an owner's news is announced.</param>
/// <param name="numbers">As whom feeds watch.</param>
/// <param name="clock">The time.</param>
internal sealed class OwnerFeedRegistry(Func<OwnerId, IOwnerFeedGrain> grainOf, FeedNumbers numbers, TimeProvider clock) : ISiloDepartures
{
    private readonly ConcurrentDictionary<OwnerId, OwnerFeed> feeds = [];
    private readonly FeedRounds<OwnerFeed> rounds = new(clock);
    private readonly Lock gate = new();

    private IEnumerable<OwnerFeed> All => feeds.Select(static entry => entry.Value);

    /// <summary>Those that are to be looked at now. For the watchdog alone.</summary>
    public IReadOnlyCollection<OwnerFeed> TakeDue() => rounds.TakeDue();

    /// <summary>Joins an owner's feed, which then hears of everything that happens from now on.</summary>
    public async Task<OwnerFeed> JoinAsync(OwnerId owner)
    {
        OwnerFeed? feed;
        lock (gate)
        {
            if (!feeds.TryGetValue(owner, out feed))
            {
                feed = feeds[owner] = new OwnerFeed(owner, numbers.Next(), grainOf(owner), clock, rounds.AddSoon);
                rounds.Add(feed);
            }

            feed.Readers++;
        }

        await feed.RefreshQuietlyAsync();
        return feed;
    }

    /// <summary>Leaves. The last one to leave ends the feed.</summary>
    public void Leave(OwnerFeed feed)
    {
        lock (gate)
        {
            if (--feed.Readers > 0)
            {
                return;
            }

            feeds.TryRemove(feed.Owner, out _);
            rounds.Remove(feed);
        }

        _ = feed.UnwatchAsync();
    }

    /// <summary>Hands news to the feed that it concerns, if anybody listens.</summary>
    public void Accept(DeliveryItem item)
    {
        if (item.News is { } news && feeds.TryGetValue(item.Conversation.Owner, out var feed))
        {
            feed.Accept(news);
        }
    }

    /// <summary>Has every feed renew its watch: some grains are gone, and the next ones do not know that they are watched.</summary>
    public void SiloLeft()
    {
        foreach (var feed in All)
        {
            feed.Suspect();
        }
    }

    /// <summary>Wakes all connections, to look around.</summary>
    public void WakeAll()
    {
        foreach (var feed in All)
        {
            feed.Wake();
        }
    }
}
