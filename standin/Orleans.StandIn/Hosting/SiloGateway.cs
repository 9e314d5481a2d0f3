using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Orleans.StandIn.Hosting;

/// <summary>The gateway port, which in a single process is a name and no socket.</summary>
internal sealed class SiloGatewayOptions
{
    /// <summary>The port; 0 for no gateway.</summary>
    public int Port { get; set; }
}

/// <summary>Lets clients of this process find the silo by its gateway port.</summary>
internal sealed partial class SiloGateway(IOptions<SiloGatewayOptions> options, ILogger<SiloGateway> logger)
{
    private static readonly ConcurrentDictionary<int, LocalSilo> Gateways = [];

    public static LocalSilo? Find(int port) => Gateways.GetValueOrDefault(port);

    public void Open(LocalSilo silo)
    {
        var port = options.Value.Port;
        if (port == 0)
        {
            return;
        }

        if (!Gateways.TryAdd(port, silo))
        {
            throw new NotSupportedException($"A silo in this process has the gateway port {port} already; the Orleans stand-in has no clusters of several silos.");
        }

        LogLocal(logger, port);
    }

    public void Close() => Gateways.TryRemove(options.Value.Port, out _);

    [LoggerMessage(LogLevel.Warning, "Gateway port {Port} is open to this process only: the Orleans stand-in has no network.")]
    private static partial void LogLocal(ILogger logger, int port);
}
