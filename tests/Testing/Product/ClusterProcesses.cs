using System.Net;

namespace OrleansChat.Testing.Product;

/// <summary>
/// A cluster as users run it: silos and API nodes as processes of their own, on loopback, over one database. Each is started,
/// killed, stopped, suspended and started again by itself; its ports stay the same.
/// </summary>
public sealed class ClusterProcesses : IAsyncDisposable
{
    private readonly string connectionString;
    private readonly (string Name, string Value)[] settings;
    private readonly List<SiloProcess> silos = [];
    private readonly List<ApiProcess> apis = [];

    /// <summary>Describes a cluster without processes as yet.</summary>
    /// <param name="name">Names the directory of its logs, which are kept: <c>logs/{name}</c> beside the tests.</param>
    /// <param name="connectionString">The database, which is its alone.</param>
    /// <param name="settings">Further settings of every process, as environment variables.</param>
    public ClusterProcesses(string name, string connectionString, params IEnumerable<(string Name, string Value)> settings)
    {
        this.connectionString = connectionString;
        this.settings = [.. settings];
        LogDirectory = Path.Combine(AppContext.BaseDirectory, "logs", name);
        if (Directory.Exists(LogDirectory))
        {
            Directory.Delete(LogDirectory, recursive: true);
        }

        Directory.CreateDirectory(LogDirectory);
    }

    /// <summary>The silos, running or not.</summary>
    public IReadOnlyList<SiloProcess> Silos => silos;

    /// <summary>The API nodes, running or not.</summary>
    public IReadOnlyList<ApiProcess> Apis => apis;

    /// <summary>Where the logs are, one file for each process.</summary>
    public string LogDirectory { get; }

    /// <summary>Starts a cluster and waits until all of it is ready.</summary>
    /// <inheritdoc cref="ClusterProcesses(string, string, IEnumerable{ValueTuple{string, string}})" path="/param"/>
    /// <param name="silos">How many silos.</param>
    /// <param name="apis">How many API nodes.</param>
    public static async Task<ClusterProcesses> StartAsync(
        string name, string connectionString, int silos, int apis, params IEnumerable<(string Name, string Value)> settings)
    {
        var cluster = new ClusterProcesses(name, connectionString, settings);
        try
        {
            ClusterProcess[] all =
            [
                .. Enumerable.Range(0, silos).Select(_ => cluster.AddSilo()), .. Enumerable.Range(0, apis).Select(_ => cluster.AddApi()),
            ];
            await Task.WhenAll(all.Select(process => process.StartAsync()));
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a silo, which is yet to be started.</summary>
    /// <param name="address">Where it is to be reached; null for loopback.</param>
    public SiloProcess AddSilo(IPAddress? address = null)
    {
        var silo = new SiloProcess($"silo-{silos.Count + 1}", LogDirectory, address ?? IPAddress.Loopback);
        Configure(silo);
        silos.Add(silo);
        return silo;
    }

    /// <summary>Adds an API node, which is yet to be started.</summary>
    /// <param name="address">Where it is to be reached; null for loopback.</param>
    public ApiProcess AddApi(IPAddress? address = null)
    {
        var api = new ApiProcess($"api-{apis.Count + 1}", LogDirectory, address ?? IPAddress.Loopback);
        Configure(api);
        apis.Add(api);
        return api;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var process in apis.Concat<ClusterProcess>(silos))
        {
            await process.DisposeAsync();
        }
    }

    private void Configure(ClusterProcess process)
    {
        process.Set("Cluster__Mode", "PostgreSQL");
        process.Set("ConnectionStrings__PostgreSQL", connectionString);

        // What happened first is the question after every failure.
        process.Set("Logging__Console__FormatterOptions__TimestampFormat", "HH:mm:ss.fff ");
        foreach (var (name, value) in settings)
        {
            process.Set(name, value);
        }
    }
}
