using Orleans.Concurrency;

namespace OrleansChat.Delivery;

/// <summary>On the silo whose gateway the caller is connected to.</summary>
[StatelessWorker]
internal sealed class DeliveryInlet(DeliveryQueue queue) : Grain, IDeliveryInlet
{
    public Task Publish(StreamId stream, DeliveryBatch batch)
    {
        queue.TryAdd(stream, batch);
        return Task.CompletedTask;
    }
}
