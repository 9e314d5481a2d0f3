using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Http.Features;

namespace OrleansChat.Authentication;

/// <summary>The same as <see cref="LoopbackListeners"/> for HTTP/3, which has listeners of its own.</summary>
internal sealed class LoopbackQuicListeners(IMultiplexedConnectionListenerFactory inner, SignInMode mode)
    : IMultiplexedConnectionListenerFactory, IConnectionListenerFactorySelector
{
    public bool CanBind(EndPoint endpoint) => inner is not IConnectionListenerFactorySelector selector || selector.CanBind(endpoint);

    /// <inheritdoc cref="LoopbackPlaces.Check" path="/exception"/>
    public ValueTask<IMultiplexedConnectionListener> BindAsync(
        EndPoint endpoint, IFeatureCollection? features = null, CancellationToken cancellationToken = default)
    {
        LoopbackPlaces.Check(endpoint, mode);
        return inner.BindAsync(endpoint, features, cancellationToken);
    }
}
