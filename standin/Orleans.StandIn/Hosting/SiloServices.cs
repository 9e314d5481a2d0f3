using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.StandIn.Activations;
using Orleans.StandIn.Calls;
using Orleans.StandIn.Streams;

namespace Orleans.StandIn.Hosting;

/// <summary>What a host with a silo consists of.</summary>
internal static class SiloServices
{
    public static HostBuilderPart Add(HostBuilderPart builder)
    {
        var services = builder.Services;
        if (services.Any(service => service.ServiceType == typeof(LocalSilo)))
        {
            return builder;
        }

        services.AddOptions();
        services.AddLogging();
        services.AddSingleton<GrainClasses>();
        services.AddSingleton<LocalSilo>();
        services.AddSingleton<ILocalSiloDetails, LocalSiloDetails>();
        services.AddSingleton<StreamClient>();
        services.AddSingleton<SiloGateway>();
        services.AddSingleton<IClusterClient>(host => new ClusterClient(host, host.GetRequiredService<LocalSilo>().Calls));
        services.TryAddSingleton<IGrainFactory>(host => host.GetRequiredService<IClusterClient>());
        services.AddSingleton<IHostedService, SiloHostedService>();
        services.AddSingleton<IHostedService, ActivationCollector>();
        return builder;
    }
}

/// <summary>Starts the silo with the host and stops it while the host's services still live.</summary>
internal sealed class SiloHostedService(LocalSilo silo, SiloGateway gateway, IEnumerable<IStartupTask> startupTasks) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        gateway.Open(silo);
        foreach (var task in startupTasks)
        {
            await task.Execute(cancellationToken);
        }
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await silo.StopAsync(cancellationToken);
        gateway.Close();
    }
}
