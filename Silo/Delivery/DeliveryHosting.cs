using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;
using OrleansChat.Delivery;

namespace OrleansChat.Hosting;

/// <summary>Adds the stream provider that delivery travels by: <see cref="DeliveryQueue"/>.</summary>
public static class DeliveryHosting
{
    // Only for an agent that had to pause; otherwise it waits in its receiver.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    // A node that does not take its batches is dead or stuck. Its readers, if it has any, get what it missed from their grains.
    private static readonly TimeSpan DeliveryPatience = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Adds delivery to a silo. What is under way can be lost: readers do not depend on it. Who subscribes is held by the grain
    /// storage named <see cref="DeliveryStream.SubscriptionStorage"/>.
    /// </summary>
    public static ISiloBuilder AddDelivery(this ISiloBuilder silo)
    {
        ArgumentNullException.ThrowIfNull(silo);
        return silo.AddDelivery(static (services, name) => new DeliveryAdapter(name, services.GetRequiredService<DeliveryQueue>()));
    }

    /// <summary>Adds the client's side, for an API node without a silo of its own.</summary>
    public static IClientBuilder AddDelivery(this IClientBuilder client)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.AddDelivery(static (services, name) => new RemoteDeliveryAdapter(name, services.GetRequiredService<IGrainFactory>()));
    }

    internal static ISiloBuilder AddDelivery(this ISiloBuilder silo, Func<IServiceProvider, string, IQueueAdapter> adapter)
    {
        silo.Services.AddSingleton<DeliveryQueue>();
        silo.Services.AddPlacementDirector<NamedSiloPlacement, NamedSiloDirector>();
        return silo.AddPersistentStreams(
            DeliveryStream.Provider,
            (services, name) => new DeliveryAdapterFactory(adapter(services, name)),
            static streams =>
            {
                streams.ConfigurePartitionBalancing(static (_, _) => new OwnQueue());
                streams.ConfigurePullingAgent(static agent => agent.Configure(static options =>
                {
                    options.GetQueueMsgsTimerPeriod = Pause;
                    options.MaxEventDeliveryTime = DeliveryPatience;
                }));
            });
    }

    internal static IClientBuilder AddDelivery(this IClientBuilder client, Func<IServiceProvider, string, IQueueAdapter> adapter) =>
        client.AddPersistentStreams(
            DeliveryStream.Provider,
            (services, name) => new DeliveryAdapterFactory(adapter(services, name)),
            static _ => { });
}
