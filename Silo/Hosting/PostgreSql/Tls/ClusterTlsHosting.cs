using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Configuration;

namespace OrleansChat.Hosting;

/// <summary>Puts <see cref="ClusterTls"/> on the connections of silos and clients.</summary>
internal static class ClusterTlsHosting
{
    /// <summary>Has other silos and clients come by mutual TLS only, and go to silos that way, if that is configured.</summary>
    /// <exception cref="ValidationException">The files are not what they have to be.</exception>
    public static ISiloBuilder UseClusterTls(this ISiloBuilder silo, ClusterTlsOptions files)
    {
        if (silo.Services.TryAddClusterTls(files))
        {
            silo.Services.AddOptions<SiloConnectionOptions>().Configure<ClusterTls>((connections, tls) =>
            {
                connections.ConfigureSiloInboundConnection(connection => connection.UseServerTls(tls.Options));
                connections.ConfigureGatewayInboundConnection(connection => connection.UseServerTls(tls.Options));
                connections.ConfigureSiloOutboundConnection(connection => connection.UseClientTls(tls.Options));
            });
        }

        return silo;
    }

    /// <inheritdoc cref="UseClusterTls(ISiloBuilder, ClusterTlsOptions)"/>
    public static IClientBuilder UseClusterTls(this IClientBuilder client, ClusterTlsOptions files)
    {
        if (client.Services.TryAddClusterTls(files))
        {
            client.Services.AddOptions<ClientConnectionOptions>().Configure<ClusterTls>((connections, tls) =>
                connections.ConfigureConnection(connection => connection.UseClientTls(tls.Options)));
        }

        return client;
    }

    private static bool TryAddClusterTls(this IServiceCollection services, ClusterTlsOptions files)
    {
        if (!files.IsOn)
        {
            return false;
        }

        var identity = ClusterIdentity.From(PemFiles.Read(files));
        services.AddSingleton(provider => new ClusterTls(files, identity, provider.GetRequiredService<ILogger<ClusterTls>>()));
        return true;
    }
}
