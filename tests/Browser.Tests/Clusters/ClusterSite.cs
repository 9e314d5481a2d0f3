using System.Runtime.CompilerServices;
using OrleansChat.Browser.Tests.Browsing;
using OrleansChat.Browser.Tests.Networks;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;

namespace OrleansChat.Browser.Tests.Clusters;

/// <summary>A cluster of processes with one silo, and two API nodes behind one address that leads to the first of them.</summary>
public sealed class ClusterSite : IAsyncLifetime
{
    private PostgresDatabase? database;

    /// <summary>The processes.</summary>
    public ClusterProcesses Cluster { get; private set; } = null!;

    /// <summary>What is between them and the visitors.</summary>
    public Network Network { get; private set; } = null!;

    /// <inheritdoc cref="Sites.Site.VisitAsync"/>
    public Task VisitAsync(Func<ChatPage, Task> steps, VisitOptions? options = null, [CallerMemberName] string test = "") =>
        Visit.RunAsync(Network.Address, options ?? VisitOptions.Default, test, steps);

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        if ((Chromium.Unmet ?? TestPostgres.NoDatabases) is null)
        {
            database = await TestPostgres.CreateDatabaseAsync();
            Cluster = await ClusterProcesses.StartAsync("browser", database.ConnectionString, silos: 1, apis: 2);
            Network = new Network(Cluster.Apis[0].Address);
        }
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (database is not null)
        {
            await Network.DisposeAsync();
            await Cluster.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}
