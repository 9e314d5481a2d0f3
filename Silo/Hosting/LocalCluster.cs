using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using OrleansChat.Delivery;

namespace OrleansChat.Hosting;

/// <summary>The cluster of <see cref="ClusterMode.Local"/>: one silo on loopback, which is gone with all it knows when its process ends.</summary>
internal static class LocalCluster
{
    /// <summary>Makes the silo a cluster of its own.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="options">Its ports.</param>
    /// <param name="gateway">Whether clients in other processes may connect even if no port is configured for them.</param>
    public static ISiloBuilder UseLocalCluster(this ISiloBuilder silo, ChatClusterOptions options, bool gateway)
    {
        silo.UseLocalhostClustering(
            options.SiloPort == 0 ? FreePort() : options.SiloPort,
            gateway ? options.GatewayPortOrDefault : options.GatewayPort);
        silo.AddMemoryGrainStorage(DeliveryStream.SubscriptionStorage);
        return silo;
    }

    /// <summary>Connects to the silo on this machine.</summary>
    public static IClientBuilder UseLocalCluster(this IClientBuilder client, ChatClusterOptions options) =>
        client.UseLocalhostClustering(options.GatewayPortOrDefault);

    // Two products on one machine must not meet by accident, so the silo's port is nobody's default. It is below those that systems
    // give to outgoing connections, one of which would have it before the silo does, now and then.
    private static int FreePort()
    {
        while (true)
        {
            using var probe = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            var port = RandomNumberGenerator.GetInt32(20_000, 32_000);
            try
            {
                probe.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port;
            }
            catch (SocketException e) when (e.SocketErrorCode is SocketError.AddressAlreadyInUse or SocketError.AccessDenied)
            {
                // Taken.
            }
        }
    }
}
