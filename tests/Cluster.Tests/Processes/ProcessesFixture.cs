using System.Diagnostics;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Secrecy;
using OrleansChat.Testing.Time;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>Two silos and two API nodes over a database, as processes. Where there can be no database, the tests are skipped and this does nothing.</summary>
public sealed class ProcessesFixture : IAsyncLifetime
{
    private PostgresDatabase? database;
    private ClusterProcesses? cluster;

    /// <summary>The processes. A test leaves all of them running.</summary>
    public ClusterProcesses Cluster => cluster ?? throw new InvalidOperationException(TestPostgres.NoDatabases);

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        if (TestPostgres.NoDatabases is null)
        {
            database = await TestPostgres.CreateDatabaseAsync();
            cluster = await ClusterProcesses.StartAsync(
                "processes",
                database.ConnectionString,
                silos: 2,
                apis: 2,
                [("Models__demo__TokensPerSecond", "200"), .. await SharedCollector.SettingsAsync()]);
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

    /// <summary>Waits until the cluster takes the last run of a silo for dead.</summary>
    /// <returns>How long that took.</returns>
    public async Task<TimeSpan> WhenDeadAsync(SiloProcess silo)
    {
        var watch = Stopwatch.StartNew();
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await database!.ExecuteAsync(
            $"SELECT status FROM orleanschat.silos WHERE port = {silo.Port} ORDER BY generation DESC LIMIT 1") is not (int)SiloStatus.Dead)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }

        return watch.Elapsed;
    }
}
