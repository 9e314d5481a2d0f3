using System.Net;
using System.Net.Sockets;

namespace OrleansChat.Edge.Connections;

/// <summary>Who is at the other end of a connection, as far as an address can tell.</summary>
internal static class ConnectionAddress
{
    // RFC 4291: the rest of an address of IPv6 is for whoever has the network to choose, and there is enough of it for all his connections.
    private const int NetworkBytes = 8;

    /// <summary>The address of IPv4, however it is written, or the network of IPv6; null for what has neither.</summary>
    public static IPAddress? Of(EndPoint? endpoint)
    {
        if (endpoint is not IPEndPoint { Address: var address })
        {
            return null;
        }

        if (address.AddressFamily == AddressFamily.InterNetwork || address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4();
        }

        var bytes = address.GetAddressBytes();
        bytes.AsSpan(NetworkBytes).Clear();
        return new IPAddress(bytes);
    }
}
