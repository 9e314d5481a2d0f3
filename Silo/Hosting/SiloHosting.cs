using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using OrleansChat.Models;
using OrleansChat.Storage.Files;
using OrleansChat.Storage.PostgreSql;

namespace OrleansChat.Hosting;

/// <summary>Composes a silo, or a client of silos, from its configuration.</summary>
public static class SiloHosting
{
    /// <summary>Adds a silo with everything it needs: the store, the models, delivery and the cluster.</summary>
    /// <param name="builder">The host.</param>
    /// <param name="gateway">Whether clients in other processes may connect even if no port is configured for them.</param>
    /// <exception cref="ValidationException">A value in the configuration is not allowed.</exception>
    public static IHostApplicationBuilder AddSilo(this IHostApplicationBuilder builder, bool gateway)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var options = builder.Configuration.GetCluster();
        _ = options.Mode == ClusterMode.PostgreSQL
            ? builder.Services.AddPostgreSqlStore(builder.Configuration)
            : builder.Services.AddFilesStore(builder.Configuration);
        builder.Services.AddModels(builder.Configuration);
        builder.UseOrleans(silo =>
        {
            _ = options.Mode == ClusterMode.PostgreSQL
                ? silo.UsePostgreSqlCluster(options, builder.Configuration)
                : silo.UseLocalCluster(options, gateway);
            silo.AddDelivery();
            silo.AddConversations();
            silo.AddTracing(builder.Configuration);
        });
        return builder;
    }

    /// <summary>Has a client find the silos.</summary>
    /// <exception cref="ValidationException">A value in the configuration is not allowed.</exception>
    public static IClientBuilder UseSilos(this IClientBuilder client, IConfiguration configuration)
    {
        var options = configuration.GetCluster();
        client.AddTracing(configuration);
        if (options.Mode == ClusterMode.Local)
        {
            return client.UseLocalCluster(options);
        }

        // Whichever process of the cluster starts first makes the tables that it is found in.
        client.Services.AddPostgreSqlDatabase(configuration);
        return client.UsePostgreSqlCluster(options, configuration);
    }
}
