using OrleansChat.Delivery;

namespace OrleansChat.Limiting;

/// <summary>How many connections each node may have, for as long as it renews that.</summary>
internal sealed class ConnectionLeases(TimeProvider clock)
{
    private readonly Dictionary<NodeId, Lease> leases = [];

    /// <inheritdoc cref="IOwnerLimitsGrain.HoldConnections"/>
    /// <param name="quota">How many all nodes may have; null for as many as they like.</param>
    public int Hold(NodeId node, int open, int wanted, long version, int? quota)
    {
        var now = clock.GetTimestamp();
        foreach (var (other, lease) in leases)
        {
            if (clock.GetElapsedTime(lease.Since, now) >= LeaseTimes.Lease)
            {
                leases.Remove(other);
            }
        }

        if (leases.TryGetValue(node, out var known) && version < known.Version)
        {
            return known.Count;
        }

        leases.Remove(node);
        var allowed = quota is { } most ? Math.Clamp(most - leases.Values.Sum(lease => lease.Count), 0, wanted) : wanted;

        // What is open stays open, and counts.
        leases[node] = new Lease(Math.Max(open, allowed), version, now);
        return allowed;
    }

    private readonly record struct Lease(int Count, long Version, long Since);
}
