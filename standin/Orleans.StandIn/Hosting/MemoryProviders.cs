using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.StandIn.Hosting;
using Orleans.StandIn.Streams;
using Orleans.Streams;

namespace Orleans.Hosting;

/// <summary>Grain storage in memory.</summary>
public static class MemoryGrainStorageSiloBuilderExtensions
{
    /// <summary>Does nothing: the stand-in keeps subscriptions, the only thing that it covers and Orleans stores, by itself.</summary>
    public static ISiloBuilder AddMemoryGrainStorage(
        this ISiloBuilder builder, string name, Action<OptionsBuilder<MemoryGrainStorageOptions>>? configureOptions = null) => builder;
}

/// <summary>Memory streams, for silos.</summary>
public static class SiloBuilderMemoryStreamExtensions
{
    /// <summary>Adds a provider of memory streams.</summary>
    public static ISiloBuilder AddMemoryStreams(this ISiloBuilder builder, string name, Action<ISiloMemoryStreamConfigurator>? configure = null)
    {
        builder.Services.AddKeyedSingleton<IStreamProvider>(name, (host, _) => new MemoryStreamProvider(
            name, () => host.GetRequiredService<LocalSilo>(), host.GetRequiredService<StreamClient>()));
        configure?.Invoke(new MemoryStreamConfigurator(name, builder.Services));
        return builder;
    }
}

/// <summary>Memory streams, for clients.</summary>
public static class ClientBuilderStreamingExtensions
{
    /// <summary>Adds a provider of the silo's memory streams.</summary>
    public static IClientBuilder AddMemoryStreams(
        this IClientBuilder builder, string name, Action<IClusterClientMemoryStreamConfigurator>? configure = null)
    {
        builder.Services.AddKeyedSingleton<IStreamProvider>(name, (host, _) => new MemoryStreamProvider(
            name, () => host.GetRequiredService<SiloConnection>().Silo, host.GetRequiredService<StreamClient>()));
        configure?.Invoke(new MemoryStreamConfigurator(name, builder.Services));
        return builder;
    }
}

/// <summary>Configures memory streams.</summary>
public interface IMemoryStreamConfigurator;

/// <summary>Configures memory streams of a silo.</summary>
public interface ISiloMemoryStreamConfigurator : IMemoryStreamConfigurator;

/// <summary>Configures memory streams of a client.</summary>
public interface IClusterClientMemoryStreamConfigurator : IMemoryStreamConfigurator;

/// <summary>How memory streams work in Orleans. The stand-in accepts it all; none of it has an effect here.</summary>
public static class MemoryStreamConfiguratorExtensions
{
    /// <summary>How many queues carry the streams.</summary>
    public static void ConfigurePartitioning(this IMemoryStreamConfigurator configurator, int numOfQueues = 8)
    {
        // There are no queues to divide.
    }

    /// <summary>How the queues are polled.</summary>
    public static void ConfigurePullingAgent(
        this ISiloMemoryStreamConfigurator configurator, Action<OptionsBuilder<StreamPullingAgentOptions>>? configureOptions = null)
    {
        var memory = (MemoryStreamConfigurator)configurator;
        configureOptions?.Invoke(new OptionsBuilder<StreamPullingAgentOptions>(memory.Services, memory.Name));
    }
}

internal sealed record MemoryStreamConfigurator(string Name, IServiceCollection Services)
    : ISiloMemoryStreamConfigurator, IClusterClientMemoryStreamConfigurator;
