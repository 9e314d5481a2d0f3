namespace OrleansChat.Delivery;

/// <summary>One node's wish to be told of something, until it is renewed no more.</summary>
/// <param name="watcher">The node, and its feed.</param>
/// <param name="watched">What is watched.</param>
internal sealed class WatchLease(Watcher watcher, Watchers watched)
{
    private long expiry;

    /// <summary>The node, and its feed.</summary>
    public Watcher Watcher => watcher;

    /// <summary>What is watched.</summary>
    public Watchers Watched => watched;

    /// <summary>Begins the lease anew. A full barrier: who renews and then looks has missed nothing that he is not told.</summary>
    public void Renew(TimeProvider clock) =>
        Interlocked.Exchange(ref expiry, clock.GetTimestamp() + (long)(DeliveryStream.WatchLease.TotalSeconds * clock.TimestampFrequency));

    /// <summary>Whether it has not run out at a timestamp of the clock.</summary>
    public bool Runs(long now) => now <= Volatile.Read(ref expiry);
}
