using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace OrleansChat.Edge;

/// <summary>The sockets at which the server listens, and what connections inherit from them.</summary>
internal static class ListenSockets
{
    // At the default of 512 a thousand readers that come back at once, after a node's death, wait a second for a retransmitted SYN.
    private const int Backlog = 8_192;

    // tcp(7): the kernel takes no more than this of what cannot be sent yet. By default it would take megabytes for a reader who does not
    // read, and have him read old news when he does.
    private const int TcpNotSentLowWater = 25;
    private const int NotSentBytes = 16 * 1024;

    /// <summary>Has the server's sockets made here.</summary>
    public static void Configure(SocketTransportOptions sockets)
    {
        sockets.Backlog = Backlog;
        sockets.CreateBoundListenSocket = Create;
    }

    private static Socket Create(EndPoint endpoint)
    {
        var socket = SocketTransportOptions.CreateDefaultBoundListenSocket(endpoint);
        if (OperatingSystem.IsLinux() && endpoint is IPEndPoint)
        {
            socket.SetRawSocketOption((int)SocketOptionLevel.Tcp, TcpNotSentLowWater, BitConverter.GetBytes(NotSentBytes));
        }

        return socket;
    }
}
