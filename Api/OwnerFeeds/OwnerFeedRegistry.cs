using System.Collections.Concurrent;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Owners;

namespace OrleansChat.OwnerFeeds;

/// <summary>The feeds of this node, one per owner who listens here; one clock renews their watches and asks for heartbeats.</summary>
internal sealed class OwnerFeedRegistry(IGrainFactory grains, NodeId node, TimeProvider clock) : BackgroundService, ISiloDepartures
{
    // Also how long news that a silo took with it is missed; see OwnerFeed.
    private static readonly TimeSpan Renewal = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    private readonly ConcurrentDictionary<OwnerId, OwnerFeed> feeds = [];
    private readonly Lock gate = new();
    private long created;

    /// <summary>Joins an owner's feed, which then hears of everything that happens from now on.</summary>
    public async Task<OwnerFeed> JoinAsync(OwnerId owner)
    {
        OwnerFeed feed;
        lock (gate)
        {
            feed = feeds.GetOrAdd(
                owner,
                owner => new OwnerFeed(owner, new Watcher(node, ++created), grains.GetGrain<IOwnerFeedGrain>(owner.Value), clock));
            feed.Readers++;
        }

        await feed.RenewAsync();
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
        foreach (var feed in feeds.Values)
        {
            _ = feed.RenewAsync();
        }
    }

    /// <summary>Wakes all connections, to look around.</summary>
    public void WakeAll()
    {
        foreach (var feed in feeds.Values)
        {
            feed.Wake(heartbeat: false);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Renewal, clock);
        try
        {
            for (var round = 1; await timer.WaitForNextTickAsync(stoppingToken); round++)
            {
                var beat = round % (Heartbeat / Renewal) == 0;
                foreach (var feed in feeds.Values)
                {
                    if (beat)
                    {
                        feed.Wake(heartbeat: true);
                    }

                    _ = feed.RenewAsync();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node is stopping.
        }
    }
}
