using System.ComponentModel.DataAnnotations;
using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OrleansChat.Models;
using OrleansChat.Storage.Files;

namespace OrleansChat.Hosting;

/// <summary>Composes a silo from its configuration.</summary>
public static class SiloHosting
{
    /// <summary>Adds a silo with everything it needs: the store, the models, delivery and the local cluster.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="gateway">Whether clients in other processes may connect even if no port is configured for them.</param>
    /// <exception cref="ValidationException">A value in the configuration is out of its range.</exception>
    public static IHostApplicationBuilder AddSilo(this IHostApplicationBuilder builder, bool gateway)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Configuration.GetLocalCluster();
        builder.Services.AddFilesStore(builder.Configuration);
        builder.Services.AddModels(builder.Configuration);
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(
                options.SiloPort == 0 ? FreePort() : options.SiloPort,
                gateway ? options.GatewayPortOrDefault : options.GatewayPort);
            silo.AddMemoryDelivery();
            silo.AddConversations();
        });
        return builder;
    }

    /// <summary>Reads <see cref="LocalClusterOptions"/>.</summary>
    /// <exception cref="ValidationException">A value is out of its range.</exception>
    public static LocalClusterOptions GetLocalCluster(this IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var options = configuration.GetSection(LocalClusterOptions.Section).Get<LocalClusterOptions>() ?? new LocalClusterOptions();
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        return options;
    }

    // Two products on one machine must not meet by accident, so the silo's port is nobody's default.
    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
