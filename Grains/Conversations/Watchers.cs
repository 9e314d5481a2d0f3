using OrleansChat.Delivery;

namespace OrleansChat.Conversations;

/// <summary>
/// Which API nodes want a conversation's events, each for the length of a lease. Changed on the grain's scheduler only, read on any
/// thread.
/// </summary>
internal sealed class Watchers(TimeProvider clock)
{
    // Replaced, never changed.
    private Leases leases = new([]);

    /// <summary>Starts or renews a node's lease.</summary>
    public void Renew(Watcher watcher)
    {
        var expiry = clock.GetTimestamp() + (long)(DeliveryStream.WatchLease.TotalSeconds * clock.TimestampFrequency);
        Replace(watcher.Node, new Lease(watcher.Node, watcher.Feed, expiry));
    }

    /// <summary>
    /// Ends a node's lease, if it is still this feed's: the call that ends it may come after that by which the next feed began.
    /// </summary>
    public void Remove(Watcher watcher)
    {
        if (leases.All.Any(lease => lease.Node == watcher.Node && lease.Feed == watcher.Feed))
        {
            Replace(watcher.Node, null);
        }
    }

    /// <summary>The nodes whose leases run.</summary>
    public IReadOnlyList<NodeId> Current()
    {
        var current = Volatile.Read(ref leases);
        var now = clock.GetTimestamp();
        return now <= current.FirstExpiry ? current.Nodes : [.. current.All.Where(lease => lease.Expiry >= now).Select(lease => lease.Node)];
    }

    private void Replace(NodeId node, Lease? next)
    {
        var now = clock.GetTimestamp();
        var others = leases.All.Where(lease => lease.Node != node && lease.Expiry >= now);

        // A full barrier: see ConversationJournal, where what is durable is told.
        Interlocked.Exchange(ref leases, new Leases([.. others, .. next is { } lease ? (Lease[])[lease] : []]));
    }

    private readonly record struct Lease(NodeId Node, long Feed, long Expiry);

    private sealed class Leases(Lease[] all)
    {
        public Lease[] All => all;

        public NodeId[] Nodes { get; } = [.. all.Select(lease => lease.Node)];

        public long FirstExpiry { get; } = all.Length == 0 ? long.MaxValue : all.Min(lease => lease.Expiry);
    }
}
