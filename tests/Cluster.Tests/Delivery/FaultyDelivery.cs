using Microsoft.Extensions.DependencyInjection;
using OrleansChat.Delivery;
using OrleansChat.Hosting;

namespace OrleansChat.Cluster.Tests.Delivery;

/// <summary>Delivery as the product has it, behind a <see cref="FaultyQueueAdapter"/>.</summary>
internal static class FaultyDelivery
{
    public static ISiloBuilder AddFaultyDelivery(this ISiloBuilder silo, StreamFaults faults)
    {
        silo.AddMemoryGrainStorage(DeliveryStream.SubscriptionStorage);
        silo.AddDelivery((services, name) =>
            new FaultyQueueAdapter(new DeliveryAdapter(name, services.GetRequiredService<DeliveryQueue>()), faults));
        return silo;
    }

    public static IClientBuilder AddFaultyDelivery(this IClientBuilder client, StreamFaults faults) =>
        client.AddDelivery((services, name) =>
            new FaultyQueueAdapter(new RemoteDeliveryAdapter(name, services.GetRequiredService<IGrainFactory>()), faults));
}
