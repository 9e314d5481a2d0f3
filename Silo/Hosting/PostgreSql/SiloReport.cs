using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace OrleansChat.Hosting;

/// <summary>Says, in one line, when the silo has joined its cluster and where it listens.</summary>
internal sealed partial class SiloReport(
    ILocalSiloDetails silo,
    IOptions<ClusterOptions> cluster,
    IHostApplicationLifetime lifetime,
    ILogger<SiloReport> logger) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStarted.Register(() =>
            LogJoined(logger, silo.SiloAddress, cluster.Value.ClusterId, silo.GatewayAddress.Endpoint));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Information, "Silo {Silo} has joined cluster {Cluster}; clients connect at {Gateway}.")]
    private static partial void LogJoined(ILogger logger, SiloAddress silo, string cluster, System.Net.IPEndPoint gateway);
}
