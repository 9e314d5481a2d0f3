using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.StandIn.Calls;
using Orleans.StandIn.Streams;

namespace Orleans.StandIn.Hosting;

/// <summary>What a host with a client consists of.</summary>
internal static class ClientServices
{
    public static HostBuilderPart Add(HostBuilderPart builder)
    {
        var services = builder.Services;
        services.AddOptions();
        services.AddLogging();
        services.AddSingleton<StreamClient>();
        services.AddSingleton<SiloConnection>();
        services.AddSingleton<IClusterClient>(host => new ClusterClient(host, host.GetRequiredService<SiloConnection>().Calls));
        services.TryAddSingleton<IGrainFactory>(host => host.GetRequiredService<IClusterClient>());
        services.AddSingleton<IHostedService>(host => host.GetRequiredService<SiloConnection>());
        return builder;
    }
}

/// <summary>Finds the silo of this process that a client belongs to, when its host starts.</summary>
internal sealed class SiloConnection : IHostedService
{
    private readonly SiloGatewayOptions gateway;
    private LocalSilo? silo;

    public SiloConnection(IOptions<SiloGatewayOptions> gateway, IOptions<ClientMessagingOptions> messaging)
    {
        this.gateway = gateway.Value;
        Calls = new CallSender(() => Silo, () => messaging.Value.ResponseTimeout);
    }

    public CallSender Calls { get; }

    public LocalSilo Silo => silo ?? throw new SiloUnavailableException("The client is not connected: its host does not run.");

    public Task StartAsync(CancellationToken cancellationToken)
    {
        silo = SiloGateway.Find(gateway.Port) ?? throw new NotSupportedException(
            $"This build has a single-process stand-in in place of Orleans, and no silo in this process has the gateway port {gateway.Port}. "
            + "It cannot reach a silo in another process: host the silo in this one, or build with Orleans' own packages.");
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        silo = null;
        return Task.CompletedTask;
    }
}
