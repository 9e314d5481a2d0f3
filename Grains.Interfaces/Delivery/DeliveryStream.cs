namespace OrleansChat.Delivery;

/// <summary>Where committed events travel from silos to API nodes: one stream per node.</summary>
public static class DeliveryStream
{
    /// <summary>The name of the Orleans stream provider, in silos and clients alike.</summary>
    public const string Provider = "delivery";

    /// <summary>The name of the grain storage that holds who subscribes to which stream. Orleans fixes it.</summary>
    public const string SubscriptionStorage = "PubSubStore";

    /// <summary>How long a watch lasts unless renewed. A node that died is forgotten after this time.</summary>
    public static readonly TimeSpan WatchLease = TimeSpan.FromSeconds(60);

    /// <summary>The stream of a node.</summary>
    public static StreamId Of(NodeId node) => StreamId.Create(Provider, node.Value);
}
