using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>Two silos and two API nodes that know their callers by a proxy, each owner with limits of his own. Without a database this does nothing.</summary>
public sealed class OwnerLimitsFixture : IAsyncLifetime
{
    private const string ProxySecret = "a-proxy-secret-that-only-this-test-knows";

    private PostgresDatabase? database;
    private ClusterProcesses? cluster;

    /// <summary>The processes. A test leaves all of them running.</summary>
    public ClusterProcesses Cluster => cluster ?? throw new InvalidOperationException(TestPostgres.NoDatabases);

    /// <summary>A client of an API node, as an owner.</summary>
    public ChatApi As(string owner, int node)
    {
        var api = new ChatApi(Cluster.Apis[node].Address);
        api.Http.DefaultRequestHeaders.Add("X-Proxy-Secret", ProxySecret);
        api.Http.DefaultRequestHeaders.Add("X-Forwarded-User", owner);
        return api;
    }

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        if (TestPostgres.NoDatabases is null)
        {
            database = await TestPostgres.CreateDatabaseAsync();
            cluster = await ClusterProcesses.StartAsync(
                "limits",
                database.ConnectionString,
                silos: 2,
                apis: 2,
                [
                    ("Models__demo__TokensPerSecond", "100"),
                    ("Authentication__Proxy__Networks", "127.0.0.0/8"),
                    ("Authentication__Proxy__Secret", ProxySecret),
                    ("Limits__Owners__rate__RequestsPerMinute", "100"),
                    ("Limits__Owners__streams__Connections", "3"),
                    ("Limits__Owners__replies__ConcurrentReplies", "3"),
                    ("Limits__Owners__tokens__TokensPerDay", "1000"),
                ]);
        }
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (cluster is not null)
        {
            await cluster.DisposeAsync();
        }

        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }
}
