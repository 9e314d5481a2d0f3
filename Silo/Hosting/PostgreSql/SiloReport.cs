using System.Net;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace OrleansChat.Hosting;

/// <summary>Says, in one line, when the silo has joined its cluster and where it listens.</summary>
internal sealed partial class SiloReport(
    ILocalSiloDetails silo,
    IOptions<ClusterOptions> cluster,
    ChatClusterOptions options,
    IHostApplicationLifetime lifetime,
    ILogger<SiloReport> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
        {
            LogJoined(logger, silo.SiloAddress, cluster.Value.ClusterId, silo.GatewayAddress.Endpoint);
            if (!options.Tls.IsOn && !IPAddress.IsLoopback(silo.SiloAddress.Endpoint.Address))
            {
                LogUnguarded(logger, silo.SiloAddress.Endpoint.Address);
            }
        });
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Silo {Silo} has joined cluster {Cluster}; clients connect at {Gateway}.")]
    private static partial void LogJoined(ILogger logger, SiloAddress silo, string cluster, IPEndPoint gateway);

    [LoggerMessage(
        LogLevel.Warning,
        "The silo's ports at {Address} take whoever connects for a part of the cluster: keep them on a private network, or set Cluster:Tls (docs/network.md).")]
    private static partial void LogUnguarded(ILogger logger, IPAddress address);
}
