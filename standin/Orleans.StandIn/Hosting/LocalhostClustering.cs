using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Orleans.StandIn.Hosting;

namespace Orleans.Hosting;

/// <summary>A cluster of one silo, and traces, for silos.</summary>
public static class CoreHostingExtensions
{
    /// <summary>Has the caller's activity go along with calls; here it always does.</summary>
    public static ISiloBuilder AddActivityPropagation(this ISiloBuilder builder) => builder;

    /// <summary>Makes the silo its own cluster.</summary>
    /// <param name="builder">The silo.</param>
    /// <param name="siloPort">Where other silos would reach it. Has no effect: there are none.</param>
    /// <param name="gatewayPort">By which clients of this process find it; 0 for none.</param>
    /// <param name="primarySiloEndpoint">The first silo of the cluster that this one is to join: null, or this one.</param>
    /// <param name="serviceId">Has no effect.</param>
    /// <param name="clusterId">Has no effect.</param>
    /// <exception cref="NotSupportedException">The silo is to join another one.</exception>
    public static ISiloBuilder UseLocalhostClustering(
        this ISiloBuilder builder,
        int siloPort = 11111,
        int gatewayPort = 30000,
        IPEndPoint? primarySiloEndpoint = null,
        string serviceId = "dev",
        string clusterId = "dev")
    {
        if (primarySiloEndpoint is not null && primarySiloEndpoint.Port != siloPort)
        {
            throw new NotSupportedException(
                $"This build has a single-process stand-in in place of Orleans: it cannot join the silo at {primarySiloEndpoint}. "
                + "Run one process, or build with Orleans' own packages.");
        }

        builder.Services.Configure<SiloGatewayOptions>(gateway => gateway.Port = gatewayPort);
        return builder;
    }
}

/// <summary>A cluster of one silo, for clients.</summary>
public static class LocalhostClientExtensions
{
    /// <summary>Has the client look for the silo of this process that has this gateway port.</summary>
    public static IClientBuilder UseLocalhostClustering(
        this IClientBuilder builder, int gatewayPort = 30000, string serviceId = "dev", string clusterId = "dev")
    {
        builder.Services.Configure<SiloGatewayOptions>(gateway => gateway.Port = gatewayPort);
        return builder;
    }
}
