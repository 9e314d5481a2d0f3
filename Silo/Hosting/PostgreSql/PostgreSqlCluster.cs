using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using OrleansChat.Delivery;

namespace OrleansChat.Hosting;

/// <summary>The cluster of <see cref="ClusterMode.PostgreSQL"/>: silos and clients find each other in the database.</summary>
internal static class PostgreSqlCluster
{
    // By this name Orleans' ADO.NET providers know PostgreSQL's driver.
    private const string Driver = "Npgsql";

    // A client that hears of no silo's death by its connection, because the machine or the network went, hears of it by this list.
    // Each look is one small query per API node.
    private static readonly TimeSpan GatewayRefresh = TimeSpan.FromSeconds(3);

    // What a stopping silo has for all that comes after its grace period: each of its conversations is deactivated, and appends
    // wait for a store that is away.
    private static readonly TimeSpan HandingOver = TimeSpan.FromSeconds(25);

    /// <summary>Has the silo join the cluster.</summary>
    public static ISiloBuilder UsePostgreSqlCluster(this ISiloBuilder silo, ChatClusterOptions options, IConfiguration configuration)
    {
        var database = ClusterDatabase.From(configuration);
        silo.Configure<ClusterOptions>(options.Name);
        silo.Configure<EndpointOptions>(options.Listen);
        silo.UseClusterTls(options.Tls);
        silo.Configure<ClusterMembershipOptions>(FailureDetection.Tune);
        silo.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Driver, database));

        // In memory, who subscribes would be forgotten with the silo that holds it, and an API node's stream be silent from then on.
        silo.AddAdoNetGrainStorage(DeliveryStream.SubscriptionStorage, storage =>
        {
            (storage.Invariant, storage.ConnectionString) = (Driver, database);

            // Every run of an API node has a stream of its own, which nobody asks for again.
            storage.DeleteStateOnClear = true;
        });
        silo.DeleteForgottenSubscriptions(database, options.ServiceId);

        // Orleans marks it as experimental. The default directory takes down conversations on the silos that survive, with the
        // replies in them, when the silo that held their entries leaves; this one moves the entries.
#pragma warning disable ORLEANSEXP003
        silo.AddDistributedGrainDirectory();
#pragma warning restore ORLEANSEXP003

        // By default nobody may take over a dead silo's conversations for 30 s, in case it is not dead and still writes. Here the
        // store refuses what it writes, so there is nothing to wait for.
        silo.Configure<GrainDirectoryOptions>(directory => directory.RangeLeaseDuration = TimeSpan.Zero);

        silo.Services.AddSingleton(options);
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, ReplyDrain>();
        silo.Services.Configure<HostOptions>(host => host.ShutdownTimeout = options.GracePeriod + HandingOver);
        silo.Services.Replace(ServiceDescriptor.Singleton<IFatalErrorHandler, EndOfSilo>());
        silo.Services.AddSingleton<IHostedService, SiloReport>();
        silo.Services.AddSingleton<IHostedService, SiloDepartures>();
        return silo;
    }

    /// <summary>Has the client find the cluster's silos.</summary>
    public static IClientBuilder UsePostgreSqlCluster(this IClientBuilder client, ChatClusterOptions options, IConfiguration configuration)
    {
        var database = ClusterDatabase.From(configuration);
        client.Configure<ClusterOptions>(options.Name);
        client.UseClusterTls(options.Tls);
        client.AddGatewayCountChangedHandler(SiloDepartures.OfClient);
        client.Configure<GatewayOptions>(gateways => gateways.GatewayListRefreshPeriod = GatewayRefresh);
        return client.UseAdoNetClustering(clustering => (clustering.Invariant, clustering.ConnectionString) = (Driver, database));
    }

    private static void Name(this ChatClusterOptions options, ClusterOptions cluster) =>
        (cluster.ClusterId, cluster.ServiceId) = (options.ClusterId, options.ServiceId);

    // Orleans listens at the advertised address only, unless it is told otherwise.
    private static void Listen(this ChatClusterOptions options, EndpointOptions endpoints)
    {
        (endpoints.SiloPort, endpoints.GatewayPort) = (options.SiloPortOrDefault, options.GatewayPortOrDefault);
        if (options.AdvertisedIP is { } address)
        {
            endpoints.AdvertisedIPAddress = address;
        }
    }
}
