using System.Net;

namespace OrleansChat.Chaos.Cluster;

/// <summary>Everything on loopback, told apart by ports.</summary>
internal sealed class Loopback : IPlaces
{
    public IPAddress ServerAddress => IPAddress.Loopback;

    public Task<Place> NextAsync() => Task.FromResult(new Place(IPAddress.Loopback, []));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
