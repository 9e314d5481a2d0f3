using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Delivery;

/// <summary>
/// Carries what a silo commits to the API nodes that watch, one stream per node. Items that arrive while a node's last batch is
/// being handed over gather into its next. Losing any of it costs readers time, never events: they notice gaps and read the
/// journal. So nothing here waits, retries or grows without bound.
/// </summary>
/// <param name="client">Where the streams are.</param>
/// <param name="clock">Keeps the pace.</param>
/// <param name="logger">Where it is told what was dropped.</param>
/// <param name="here">The node that is in this process; null where there is none.</param>
internal sealed partial class DeliveryPublisher(IClusterClient client, TimeProvider clock, ILogger<DeliveryPublisher> logger, NodeId? here = null)
{
    // A node's outbox lives on after the node; at a hundred bytes each, one per API start is no growth to speak of.
    private readonly ConcurrentDictionary<NodeId, NodeOutbox> outboxes = [];
    private readonly DeliveryPace pace = new(clock);

    /// <summary>Hands an item to a node's stream with the next batch.</summary>
    public void Publish(NodeId node, DeliveryItem item)
    {
        // Almost always it is there, and a delegate for GetOrAdd would be made for nothing.
        var outbox = outboxes.TryGetValue(node, out var open) ? open : outboxes.GetOrAdd(node, Open);
        outbox.Add(item);
    }

    private NodeOutbox Open(NodeId node)
    {
        var stream = client.GetStreamProvider(DeliveryStream.Provider).GetStream<DeliveryBatch>(DeliveryStream.Of(node));
        Func<int, TimeSpan> pause = node == here ? DeliveryPace.AfterNear : _ => pace.AfterFar();
        return new NodeOutbox(pause, clock, batch => stream.OnNextAsync(batch), (count, cause) => LogDropped(logger, cause, node, count));
    }

    [LoggerMessage(LogLevel.Warning, "{Count} items for node {Node} were dropped; its readers will read the journal instead.")]
    private static partial void LogDropped(ILogger logger, Exception? cause, NodeId node, int count);
}
