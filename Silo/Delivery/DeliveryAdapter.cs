using Orleans.Streams;

namespace OrleansChat.Delivery;

/// <summary>Puts what a silo publishes into its own <see cref="DeliveryQueue"/>, from where the silo's own agent takes it.</summary>
internal sealed class DeliveryAdapter(string name, DeliveryQueue queue) : IQueueAdapter
{
    /// <inheritdoc />
    public string Name => name;

    /// <summary>False: a subscription hears of several silos, each with numbers of its own, and none can be rewound to.</summary>
    public bool IsRewindable => false;

    /// <inheritdoc />
    public StreamProviderDirection Direction => StreamProviderDirection.ReadWrite;

    /// <inheritdoc />
    /// <exception cref="InvalidOperationException">The queue is full, or the event is no <see cref="DeliveryBatch"/>.</exception>
    public Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        foreach (var next in events)
        {
            if (next is not DeliveryBatch batch || !queue.TryAdd(streamId, batch))
            {
                throw new InvalidOperationException(
                    next is DeliveryBatch ? "The silo's delivery queue is full." : $"{typeof(T)} is not what this stream carries.");
            }
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => new DeliveryReceiver(queue);
}
