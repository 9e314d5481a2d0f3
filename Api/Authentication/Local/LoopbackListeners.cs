using System.Net;
using Microsoft.AspNetCore.Connections;

namespace OrleansChat.Authentication;

/// <summary>
/// Refuses to listen anywhere but on loopback where nobody signs in. It stands where sockets are made, so it does not matter by which of its
/// many settings a server was told where to listen.
/// </summary>
internal sealed class LoopbackListeners(IConnectionListenerFactory inner, SignInMode mode) : IConnectionListenerFactory, IConnectionListenerFactorySelector
{
    /// <summary>Puts this before all that make sockets for the server.</summary>
    public static void AddTo(IServiceCollection services)
    {
        for (var i = 0; i < services.Count; i++)
        {
            if (services[i].ImplementationType is not { } type)
            {
                continue;
            }

            if (services[i].ServiceType == typeof(IConnectionListenerFactory))
            {
                services[i] = ServiceDescriptor.Singleton<IConnectionListenerFactory>(provider => new LoopbackListeners(
                    (IConnectionListenerFactory)ActivatorUtilities.CreateInstance(provider, type), provider.GetRequiredService<SignInMode>()));
            }
            else if (services[i].ServiceType == typeof(IMultiplexedConnectionListenerFactory))
            {
                services[i] = ServiceDescriptor.Singleton<IMultiplexedConnectionListenerFactory>(provider => new LoopbackQuicListeners(
                    (IMultiplexedConnectionListenerFactory)ActivatorUtilities.CreateInstance(provider, type), provider.GetRequiredService<SignInMode>()));
            }
        }
    }

    public bool CanBind(EndPoint endpoint) => inner is not IConnectionListenerFactorySelector selector || selector.CanBind(endpoint);

    /// <inheritdoc cref="LoopbackPlaces.Check" path="/exception"/>
    public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        LoopbackPlaces.Check(endpoint, mode);
        return inner.BindAsync(endpoint, cancellationToken);
    }
}
