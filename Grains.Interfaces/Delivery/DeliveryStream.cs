namespace OrleansChat.Delivery;

/// <summary>Where committed events travel from silos to API nodes: one stream per node.</summary>
public static class DeliveryStream
{
    /// <summary>The name of the Orleans stream provider, in silos and clients alike.</summary>
    public const string Provider = "delivery";

    /// <summary>The name of the grain storage that holds who subscribes to which stream. Orleans fixes it.</summary>
    public const string SubscriptionStorage = "PubSubStore";

    /// <summary>
    /// How many queues carry all nodes' streams. Each costs its polling even when idle; nodes are few, and one item holds
    /// many conversations' events. Silos and clients must agree.
    /// </summary>
    public const int Queues = 2;

    /// <summary>
    /// How often queues are looked at. Half of it is what that adds to a delta's way at the median; the provider's default of
    /// 100 ms would be felt.
    /// </summary>
    public static readonly TimeSpan PollingPeriod = TimeSpan.FromMilliseconds(5);

    /// <summary>How long a watch lasts unless renewed. A node that died is forgotten after this time.</summary>
    public static readonly TimeSpan WatchLease = TimeSpan.FromSeconds(60);

    /// <summary>The stream of a node.</summary>
    public static StreamId Of(NodeId node) => StreamId.Create(Provider, node.Value);
}
