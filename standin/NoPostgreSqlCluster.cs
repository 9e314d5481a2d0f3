using Microsoft.Extensions.Configuration;

namespace OrleansChat.Hosting;

/// <summary>Takes the place of the cluster over PostgreSQL in a build against the stand-in, and says at the start that there is none.</summary>
internal static class PostgreSqlCluster
{
    private const string Missing =
        "This build has a single-process stand-in in place of Orleans, which has no clusters: Cluster:Mode must be Local here. "
        + "Cluster:Mode PostgreSQL needs a build with Orleans' own packages.";

    public static ISiloBuilder UsePostgreSqlCluster(this ISiloBuilder silo, ChatClusterOptions options, IConfiguration configuration) =>
        throw new NotSupportedException(Missing);

    public static IClientBuilder UsePostgreSqlCluster(this IClientBuilder client, ChatClusterOptions options, IConfiguration configuration) =>
        throw new NotSupportedException(Missing);
}
