using OrleansChat.Testing.Certificates;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Secrecy;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>Two silos and an API node that let nobody in who has no certificate of their authority. Each has one of its own.</summary>
public sealed class TlsFixture : IAsyncLifetime
{
    private readonly List<ClusterFiles> files = [];
    private PostgresDatabase? database;
    private ClusterProcesses? cluster;

    /// <summary>The cluster's authority.</summary>
    public TestAuthority Authority { get; } = new("The cluster's authority");

    /// <summary>The processes, and where their files are, in the order of their start.</summary>
    public ClusterProcesses Cluster => cluster ?? throw new InvalidOperationException(TestPostgres.NoDatabases);

    /// <summary>The files of one of the processes.</summary>
    public ClusterFiles FilesOf(ClusterProcess process) => files[Cluster.Silos.Concat<ClusterProcess>(Cluster.Apis).ToList().IndexOf(process)];

    /// <summary>Describes processes that find the cluster in the database, and are not of it.</summary>
    public ClusterProcesses Strangers(string name, params IEnumerable<(string Name, string Value)> settings) =>
        new(name, database!.ConnectionString, settings);

    /// <summary>How many silos are active.</summary>
    public async Task<long> ActiveSilosAsync() => (long)(await database!.ExecuteAsync("SELECT count(*) FROM orleanschat.silos WHERE status = 3"))!;

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        if (TestPostgres.NoDatabases is not null)
        {
            return;
        }

        database = await TestPostgres.CreateDatabaseAsync();
        cluster = new ClusterProcesses(
            "tls",
            database.ConnectionString,

            // Orleans says with that why it cuts somebody off.
            [("Models__demo__TokensPerSecond", "200"), ("Logging__LogLevel__Orleans", "Information"), .. await SharedCollector.SettingsAsync()]);
        foreach (var process in new ClusterProcess[] { cluster.AddSilo(), cluster.AddSilo(), cluster.AddApi() })
        {
            files.Add(new ClusterFiles(Authority, name: process.Name));
            foreach (var (name, value) in files[^1].Settings)
            {
                process.Set(name, value);
            }
        }

        await Task.WhenAll(cluster.Silos.Concat<ClusterProcess>(cluster.Apis).Select(process => process.StartAsync()));
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

        files.ForEach(file => file.Dispose());
        Authority.Dispose();
    }
}
