using OrleansChat.Delivery;

namespace OrleansChat.Hosting;

/// <summary>
/// Takes the place of delivery's own stream provider in a build against the stand-in, which has no pulling agents: its memory
/// streams deliver at once.
/// </summary>
public static class DeliveryHosting
{
    /// <summary>Adds delivery to a silo.</summary>
    public static ISiloBuilder AddDelivery(this ISiloBuilder silo) => silo.AddMemoryStreams(DeliveryStream.Provider);

    /// <summary>Adds the client's side.</summary>
    public static IClientBuilder AddDelivery(this IClientBuilder client) => client.AddMemoryStreams(DeliveryStream.Provider);
}
