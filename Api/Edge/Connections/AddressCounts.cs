using System.Net;
using Microsoft.AspNetCore.Connections;

namespace OrleansChat.Edge.Connections;

/// <summary>How many connections each address has, where that is limited. Guarded by whoever counts.</summary>
/// <param name="limit">How many are served of each; null for no limit.</param>
internal sealed class AddressCounts(int? limit)
{
    // A few more are told that they are too many; the rest get no answer.
    private const int LeastReserve = 8;
    private const int ReserveShare = 20;

    private readonly Dictionary<IPAddress, int> open = [];
    private readonly int most = limit is { } served ? served + Math.Max(LeastReserve, served / ReserveShare) : int.MaxValue;

    /// <summary>Counts a connection.</summary>
    /// <returns>Whether its address has more than are served, or even more than are told so.</returns>
    public (bool IsTooMany, bool IsFarTooMany) Add(ConnectionContext connection)
    {
        if (AddressOf(connection) is not { } address)
        {
            return (false, false);
        }

        var count = open[address] = open.GetValueOrDefault(address) + 1;
        return (count > limit, count > most);
    }

    /// <summary>Takes a connection that was counted out of the count.</summary>
    public void Remove(ConnectionContext connection)
    {
        if (AddressOf(connection) is { } address && --open[address] == 0)
        {
            open.Remove(address);
        }
    }

    private IPAddress? AddressOf(ConnectionContext connection) => limit is null ? null : ConnectionAddress.Of(connection.RemoteEndPoint);
}
