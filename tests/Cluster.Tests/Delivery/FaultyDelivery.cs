using Orleans.Providers;
using Orleans.Streams;
using OrleansChat.Delivery;

namespace OrleansChat.Cluster.Tests.Delivery;

/// <summary>Delivery by memory streams, as the product has it, behind a <see cref="FaultyQueueAdapter"/>.</summary>
internal static class FaultyDelivery
{
    public static ISiloBuilder AddFaultyDelivery(this ISiloBuilder silo, StreamFaults faults)
    {
        silo.AddMemoryGrainStorage(DeliveryStream.SubscriptionStorage);
        return silo.AddPersistentStreams(
            DeliveryStream.Provider,
            (services, name) => new Factory(MemoryAdapterFactory<DefaultMemoryMessageBodySerializer>.Create(services, name), faults),
            streams => streams.ConfigurePullingAgent(agent =>
                agent.Configure(options => options.GetQueueMsgsTimerPeriod = TimeSpan.FromMilliseconds(5))));
    }

    public static IClientBuilder AddFaultyDelivery(this IClientBuilder client, StreamFaults faults) =>
        client.AddPersistentStreams(
            DeliveryStream.Provider,
            (services, name) => new Factory(MemoryAdapterFactory<DefaultMemoryMessageBodySerializer>.Create(services, name), faults),
            _ => { });

    private sealed class Factory(MemoryAdapterFactory<DefaultMemoryMessageBodySerializer> inner, StreamFaults faults) : IQueueAdapterFactory
    {
        public async Task<IQueueAdapter> CreateAdapter() => new FaultyQueueAdapter(await inner.CreateAdapter(), faults);

        public IQueueAdapterCache GetQueueAdapterCache() => inner.GetQueueAdapterCache();

        public IStreamQueueMapper GetStreamQueueMapper() => inner.GetStreamQueueMapper();

        public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) => inner.GetDeliveryFailureHandler(queueId);
    }
}
