using OrleansChat.Delivery;

namespace OrleansChat.Conversations;

/// <summary>Which API nodes want a conversation's events, each for the length of a lease.</summary>
internal sealed class Watchers(TimeProvider clock)
{
    private readonly Dictionary<NodeId, Lease> leases = [];

    /// <summary>Starts or renews a node's lease.</summary>
    public void Renew(Watcher watcher)
    {
        var expiry = clock.GetTimestamp() + (long)(DeliveryStream.WatchLease.TotalSeconds * clock.TimestampFrequency);
        leases[watcher.Node] = new Lease(watcher.Feed, expiry);
    }

    /// <summary>
    /// Ends a node's lease, if it is still this feed's: the call that ends it may come after that by which the next feed began.
    /// </summary>
    public void Remove(Watcher watcher)
    {
        if (leases.TryGetValue(watcher.Node, out var lease) && lease.Feed == watcher.Feed)
        {
            leases.Remove(watcher.Node);
        }
    }

    /// <summary>The nodes whose leases run; the others are forgotten.</summary>
    public Dictionary<NodeId, Lease>.KeyCollection Current()
    {
        var now = clock.GetTimestamp();
        foreach (var (node, lease) in leases)
        {
            if (lease.Expiry < now)
            {
                leases.Remove(node);
            }
        }

        return leases.Keys;
    }

    /// <summary>A node's lease.</summary>
    internal readonly record struct Lease(long Feed, long Expiry);
}
