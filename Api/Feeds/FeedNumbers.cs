using OrleansChat.Delivery;

namespace OrleansChat.Feeds;

/// <summary>Tells all feeds of this node apart, whatever they watch.</summary>
internal sealed class FeedNumbers(NodeId node)
{
    private long last;

    /// <summary>As whom the next feed watches.</summary>
    public Watcher Next() => new(node, Interlocked.Increment(ref last));
}
