using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;
using OrleansChat.Conversations;
using OrleansChat.Testing.Product;

namespace OrleansChat.Chaos.Cluster;

/// <summary>Asks Orleans which silo a conversation lives on.</summary>
internal sealed class ConversationOwners : IAsyncDisposable
{
    private readonly IHost host;
    private readonly IClusterClient client;

    private ConversationOwners(IHost host)
    {
        this.host = host;
        client = host.Services.GetRequiredService<IClusterClient>();
    }

    private IManagementGrain Management => client.GetGrain<IManagementGrain>(0);

    /// <summary>Connects to silos, which have to be there now, and may go and come later.</summary>
    public static async Task<ConversationOwners> ConnectAsync(IEnumerable<SiloProcess> silos, string name, CancellationToken cancellationToken)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.None);
        builder.UseOrleansClient(client =>
        {
            client.UseStaticClustering([.. silos.Select(silo => silo.Gateway)]);
            client.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (name, name));
        });
        var started = builder.Build();
        await started.StartAsync(cancellationToken);
        return new ConversationOwners(started);
    }

    /// <summary>The conversations that are active on a silo.</summary>
    public async Task<HashSet<string>> OnAsync(SiloProcess silo)
    {
        var statistics = await Management.GetDetailedGrainStatistics();
        return statistics
            .Where(grain => grain.SiloAddress.Endpoint.Equals(silo.Endpoint))
            .Select(grain => ConversationKey.TryParse(grain.GrainId.Key.ToString(), out var key) ? key.Id.ToString() : "")
            .Where(id => id.Length > 0)
            .ToHashSet(StringComparer.Ordinal);
    }

    /// <summary>How many silos the cluster counts as active.</summary>
    public async Task<int> ActiveSilosAsync() => (await Management.GetHosts(onlyActive: true)).Count;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await host.StopAsync(CancellationToken.None);
        host.Dispose();
    }
}
