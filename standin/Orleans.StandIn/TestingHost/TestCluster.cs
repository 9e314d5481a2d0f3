using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Orleans.TestingHost;

/// <summary>A silo and a client for tests, each a host of its own.</summary>
public sealed class TestCluster : IAsyncDisposable
{
    private static int lastPort;

    private readonly TestClusterBuilder builder;

    // No port at all, and no product's: negative names are free.
    private readonly int port = Interlocked.Decrement(ref lastPort);
    private IHost? silo;
    private IHost? client;

    internal TestCluster(TestClusterBuilder builder) => this.builder = builder;

    /// <summary>The client.</summary>
    public IClusterClient Client =>
        client?.Services.GetRequiredService<IClusterClient>() ?? throw new InvalidOperationException("The cluster is not deployed.");

    /// <summary>Makes references to grains.</summary>
    public IGrainFactory GrainFactory => Client;

    /// <summary>Starts the silo and the client.</summary>
    public async Task DeployAsync()
    {
        var siloHost = NewHost();
        siloHost.UseOrleans(part =>
        {
            part.UseLocalhostClustering(gatewayPort: port);
            builder.SiloConfigurators.ForEach(configure => configure(part));
        });
        silo = siloHost.Build();
        await silo.StartAsync();

        var clientHost = NewHost();
        clientHost.UseOrleansClient(part =>
        {
            part.UseLocalhostClustering(port);
            builder.ClientConfigurators.ForEach(configurator => configurator.Configure(clientHost.Configuration, part));
        });
        client = clientHost.Build();
        await client.StartAsync();
    }

    /// <summary>Stops the client, then the silo.</summary>
    public async Task StopAllSilosAsync()
    {
        await StopAsync(Interlocked.Exchange(ref client, null));
        await StopAsync(Interlocked.Exchange(ref silo, null));
    }

    /// <summary>Stops what runs.</summary>
    public async ValueTask DisposeAsync() => await StopAllSilosAsync();

    private static HostApplicationBuilder NewHost() => Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());

    private static async Task StopAsync(IHost? host)
    {
        if (host is not null)
        {
            await host.StopAsync();
            host.Dispose();
        }
    }
}
