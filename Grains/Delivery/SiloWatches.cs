using System.Collections.Concurrent;
using System.Collections.Immutable;

namespace OrleansChat.Delivery;

/// <summary>What of this silo's conversations and owners' news is watched, by whom.</summary>
internal sealed class SiloWatches(TimeProvider clock)
{
    // Not by watcher: each comparison would make one for each of a node's feeds, only to look it up.
    private readonly ConcurrentDictionary<(NodeId Node, long Feed), WatchLease> leases = [];

    /// <summary>How many watches there are, lapsed ones among them whose grains have not noticed yet.</summary>
    public int Count => leases.Count;

    /// <summary>A watch begins.</summary>
    public void Add(WatchLease lease) => leases[KeyOf(lease)] = lease;

    /// <summary>A watch has ended.</summary>
    public void Remove(WatchLease lease) => leases.TryRemove(KeyValuePair.Create(KeyOf(lease), lease));

    /// <summary>Renews a node's watches, and tells which of its feeds have missed something; see <see cref="ISiloWatchesGrain.Compare"/>.</summary>
    public ImmutableArray<FeedHead> Compare(NodeId node, ImmutableArray<FeedHead> feeds)
    {
        var now = clock.GetTimestamp();
        var differences = ImmutableArray.CreateBuilder<FeedHead>();
        foreach (var feed in feeds)
        {
            if (!leases.TryGetValue((node, feed.Feed), out var lease) || !lease.Runs(now))
            {
                // Also when its time was up: it may have been passed over since.
                differences.Add(feed with { Head = FeedHead.Unwatched });
                continue;
            }

            lease.Renew(clock);
            var head = lease.Watched.Head;
            if (head > feed.Head)
            {
                differences.Add(feed with { Head = head });
            }
        }

        return differences.DrainToImmutable();
    }

    private static (NodeId Node, long Feed) KeyOf(WatchLease lease) => (lease.Watcher.Node, lease.Watcher.Feed);
}
