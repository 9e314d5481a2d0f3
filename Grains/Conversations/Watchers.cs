using OrleansChat.Delivery;

namespace OrleansChat.Conversations;

/// <summary>Which API nodes want a conversation's events, each for the length of a lease.</summary>
internal sealed class Watchers(TimeProvider clock)
{
    private readonly Dictionary<NodeId, long> expiries = [];

    /// <summary>Starts or renews a node's lease.</summary>
    public void Renew(NodeId node) =>
        expiries[node] = clock.GetTimestamp() + (long)(DeliveryStream.WatchLease.TotalSeconds * clock.TimestampFrequency);

    /// <summary>Ends a node's lease.</summary>
    public void Remove(NodeId node) => expiries.Remove(node);

    /// <summary>The nodes whose leases run; the others are forgotten.</summary>
    public Dictionary<NodeId, long>.KeyCollection Current()
    {
        var now = clock.GetTimestamp();
        foreach (var (node, expiry) in expiries)
        {
            if (expiry < now)
            {
                expiries.Remove(node);
            }
        }

        return expiries.Keys;
    }
}
