namespace OrleansChat.Delivery;

/// <summary>
/// Which API nodes want to be told of something, each for the length of a lease. Changed on the grain's scheduler only, read on any
/// thread.
/// </summary>
/// <param name="clock">The time.</param>
/// <param name="silo">Where the watches can be renewed and compared all at once.</param>
internal sealed class Watchers(TimeProvider clock, SiloWatches silo)
{
    // Replaced, never changed.
    private Leases leases = new([]);

    private long head;

    /// <summary>The number of the newest that watchers were told of, or could read.</summary>
    public long Head
    {
        get => Volatile.Read(ref head);
        set => Volatile.Write(ref head, value);
    }

    /// <summary>Starts or renews a node's lease.</summary>
    public void Renew(Watcher watcher)
    {
        if (leases.All.FirstOrDefault(lease => lease.Watcher == watcher) is { } running)
        {
            running.Renew(clock);
            return;
        }

        var lease = new WatchLease(watcher, this);
        lease.Renew(clock);
        Replace(watcher.Node, lease);
    }

    /// <summary>
    /// Ends a node's lease, if it is still this feed's: the call that ends it may come after that by which the next feed began.
    /// </summary>
    public void Remove(Watcher watcher)
    {
        if (leases.All.Any(lease => lease.Watcher == watcher))
        {
            Replace(watcher.Node, null);
        }
    }

    /// <summary>Ends all leases.</summary>
    public void Clear()
    {
        foreach (var lease in Interlocked.Exchange(ref leases, new Leases([])).All)
        {
            silo.Remove(lease);
        }
    }

    /// <summary>The nodes whose leases run.</summary>
    public NodeId[] Current()
    {
        var current = Volatile.Read(ref leases);
        var now = clock.GetTimestamp();
        foreach (var lease in current.All)
        {
            if (!lease.Runs(now))
            {
                return RunningAt(now, current.All);
            }
        }

        return current.Nodes;
    }

    private static NodeId[] RunningAt(long now, WatchLease[] all) =>
        [.. all.Where(lease => lease.Runs(now)).Select(lease => lease.Watcher.Node)];

    private void Replace(NodeId node, WatchLease? next)
    {
        var now = clock.GetTimestamp();
        var before = leases.All;
        WatchLease[] kept = [.. before.Where(lease => lease.Watcher.Node != node && lease.Runs(now))];

        // A full barrier: see ConversationJournal, where what is durable is told.
        Interlocked.Exchange(ref leases, new Leases(next is null ? kept : [.. kept, next]));
        foreach (var lease in before.Except(kept))
        {
            silo.Remove(lease);
        }

        if (next is not null)
        {
            silo.Add(next);
        }
    }

    private sealed class Leases(WatchLease[] all)
    {
        public WatchLease[] All => all;

        public NodeId[] Nodes { get; } = [.. all.Select(lease => lease.Watcher.Node)];
    }
}
