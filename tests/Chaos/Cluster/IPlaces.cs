using System.Net;

namespace OrleansChat.Chaos.Cluster;

/// <summary>Where the processes of a cluster live.</summary>
internal interface IPlaces : IAsyncDisposable
{
    /// <summary>Where the database listens.</summary>
    IPAddress ServerAddress { get; }

    /// <summary>A place for one more process.</summary>
    Task<Place> NextAsync();
}

/// <summary>Where one process lives.</summary>
/// <param name="Address">Its address.</param>
/// <param name="Through">The command that puts it there.</param>
internal sealed record Place(IPAddress Address, IReadOnlyList<string> Through);
