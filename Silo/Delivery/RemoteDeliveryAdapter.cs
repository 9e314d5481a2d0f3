using Orleans.Streams;

namespace OrleansChat.Delivery;

/// <summary>Has a silo publish what an API node publishes that has no silo of its own.</summary>
internal sealed class RemoteDeliveryAdapter(string name, IGrainFactory grains) : IQueueAdapter
{
    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public bool IsRewindable => false;

    /// <inheritdoc />
    public StreamProviderDirection Direction => StreamProviderDirection.WriteOnly;

    /// <inheritdoc />
    public async Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        foreach (var next in events.Cast<DeliveryBatch>())
        {
            await grains.GetGrain<IDeliveryInlet>(0).Publish(streamId, next);
        }
    }

    /// <inheritdoc />
    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => throw new NotSupportedException("Only silos read queues.");
}
