using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;

namespace OrleansChat.Testing.Product;

/// <summary>Ports for programs that have to be told theirs.</summary>
public static class FreePort
{
    // Below those that systems give to outgoing connections, so that none of them takes the port while its program is down.
    private const int First = 20_000;
    private const int Last = 32_000;

    private static readonly HashSet<int> Given = [];

    /// <summary>A port at which nobody listens, another one each time: several are asked for before anybody listens at the first.</summary>
    public static int Next()
    {
        while (true)
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var port = RandomNumberGenerator.GetInt32(First, Last);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Any, port));
                lock (Given)
                {
                    if (Given.Add(port))
                    {
                        return port;
                    }
                }
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }
}
