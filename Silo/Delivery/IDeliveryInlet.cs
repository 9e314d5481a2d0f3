namespace OrleansChat.Delivery;

/// <summary>Where API nodes without a silo of their own publish: their probes. Key 0.</summary>
[Alias("OrleansChat.IDeliveryInlet")]
internal interface IDeliveryInlet : IGrainWithIntegerKey
{
    /// <summary>Publishes a batch on a node's stream from the silo that the call comes to.</summary>
    [Alias("Publish")]
    Task Publish(StreamId stream, DeliveryBatch batch);
}
