using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansChat.Hosting;
using OrleansChat.Storage.PostgreSql.Migrations;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Cluster.Tests.PostgreSql;

/// <summary>A database with the product's tables, for all tests of a class. Where there can be none, they are skipped.</summary>
public sealed class ClusterDatabaseFixture : IAsyncLifetime
{
    private PostgresDatabase? database;

    /// <summary>The database.</summary>
    public PostgresDatabase Database => database ?? throw new InvalidOperationException(TestPostgres.NoDatabases);

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        if (TestPostgres.NoDatabases is null)
        {
            database = await TestPostgres.CreateDatabaseAsync();
            await using var source = NpgsqlDataSource.Create(database.ConnectionString);
            await new Migrator(Migration.All, NullLogger<Migrator>.Instance).ApplyAsync(source, CancellationToken.None);
        }
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }

    /// <summary>Orleans' providers as the product composes them for a silo. The silo itself is never started.</summary>
    /// <param name="cluster">The cluster's name, and its service's.</param>
    /// <param name="configure">Further providers.</param>
    internal IHost BuildSilo(string cluster, Action<ISiloBuilder, string>? configure = null)
    {
        var configuration = Configuration(cluster);
        var builder = new HostApplicationBuilder();
        builder.UseOrleans(silo =>
        {
            silo.UsePostgreSqlCluster(configuration.GetCluster(), configuration);
            configure?.Invoke(silo, ClusterDatabase.From(configuration));
        });
        return builder.Build();
    }

    /// <summary>What the product composes for a client. It is never started.</summary>
    internal IHost BuildClient(string cluster)
    {
        var configuration = Configuration(cluster);
        var builder = new HostApplicationBuilder();
        builder.UseOrleansClient(client => client.UseSilos(configuration));
        return builder.Build();
    }

    private IConfiguration Configuration(string cluster) =>
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["Cluster:Mode"] = "PostgreSQL",
            ["Cluster:ClusterId"] = cluster,
            ["Cluster:ServiceId"] = cluster,
            ["ConnectionStrings:PostgreSQL"] = Database.ConnectionString,
        }).Build();
}
