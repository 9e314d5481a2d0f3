using System.Diagnostics;
using OrleansChat.Chaos.Clients;
using OrleansChat.Chaos.Invariants;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;

namespace OrleansChat.Chaos.Cluster;

/// <summary>The cluster under test with its database, and somebody who starts again whatever dies, as every orchestrator does.</summary>
internal sealed class ChaosCluster : IAsyncDisposable
{
    // What clusters and services are called unless they are configured.
    private const string ClusterName = "orleanschat";

    private const int NoteLength = 300;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    private readonly List<Violation> incidents = [];
    private readonly HashSet<ClusterProcess> down = [];
    private readonly Dictionary<ClusterProcess, List<string>> allowed = [];
    private readonly CancellationTokenSource stopping = new();
    private Task supervising = Task.CompletedTask;

    private ChaosCluster(PostgresServer server, PostgresDatabase database, ClusterProcesses processes, string key)
    {
        Server = server;
        Database = database;
        Processes = processes;
        Nodes = new ApiNodes([.. processes.Apis.Select(api => api.Address)], key);
    }

    /// <summary>The database's server.</summary>
    public PostgresServer Server { get; }

    /// <summary>The database.</summary>
    public PostgresDatabase Database { get; }

    /// <summary>The product's processes.</summary>
    public ClusterProcesses Processes { get; }

    /// <summary>The product as clients see it.</summary>
    public ApiNodes Nodes { get; }

    /// <summary>Who owns what.</summary>
    public ConversationOwners Owners { get; private set; } = null!;

    /// <summary>All processes of the product.</summary>
    public IEnumerable<ClusterProcess> All => Processes.Silos.Concat<ClusterProcess>(Processes.Apis);

    /// <summary>Processes that ended without having been told to, and those that did not stop or start as they should.</summary>
    public IReadOnlyList<Violation> Incidents
    {
        get
        {
            lock (incidents)
            {
                return [.. incidents];
            }
        }
    }

    /// <summary>Whether a process is meant to run, and does.</summary>
    public bool IsUp(ClusterProcess process) => !IsExpectedDown(process) && process.IsRunning;

    /// <summary>Whether a process ends by itself is from now on only worth a note.</summary>
    public void MayEnd(ClusterProcess process)
    {
        lock (incidents)
        {
            allowed.TryAdd(process, []);
        }
    }

    /// <summary>What was noted of a process that may end.</summary>
    public IReadOnlyList<string> EndsOf(ClusterProcess process)
    {
        lock (incidents)
        {
            return [.. allowed[process]];
        }
    }

    /// <summary>The conversations that are active on a silo; none where the cluster does not answer.</summary>
    public async Task<HashSet<string>> TryFindOnAsync(SiloProcess silo)
    {
        try
        {
            return await Owners.OnAsync(silo).WaitAsync(Patience / 20);
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return [];
        }
    }

    // One owner is everybody here.
    private static (string Name, string Value)[] Unlimited { get; } =
        [("Limits__Owner__RequestsPerMinute", "0"), ("Limits__Owner__ConcurrentReplies", "0"), ("Limits__Owner__Connections", "0")];

    /// <summary>Starts a cluster and waits until it is ready.</summary>
    /// <param name="name">Names its logs.</param>
    /// <param name="silos">How many silos.</param>
    /// <param name="apis">How many API nodes.</param>
    /// <param name="places">Where its processes live.</param>
    /// <param name="settings">Further settings, as environment variables.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public static async Task<ChaosCluster> StartAsync(
        string name, int silos, int apis, IPlaces places, IEnumerable<(string, string)> settings, CancellationToken cancellationToken)
    {
        var server = await PostgresServer.CreateAsync(new PostgresSettings { Address = places.ServerAddress.ToString() });
        var database = await server.CreateDatabaseAsync();

        // In namespaces of their own API nodes listen at addresses that are not loopback, which they do only where callers sign in.
        var key = await KeysTool.AddAsync([("Cluster__Mode", "PostgreSQL"), ("ConnectionStrings__PostgreSQL", database.ConnectionString)], "local");
        var processes = new ClusterProcesses($"chaos-{name}", database.ConnectionString, [.. settings, ("Authentication__Keys", "true"), .. Unlimited]);
        for (var i = 0; i < silos + apis; i++)
        {
            var place = await places.NextAsync();
            ClusterProcess added = i < silos ? processes.AddSilo(place.Address) : processes.AddApi(place.Address);
            foreach (var (setting, value) in ProgramProcess.LongRun)
            {
                added.Set(setting, value);
            }

            added.Through = place.Through;
        }

        var cluster = new ChaosCluster(server, database, processes, key);
        try
        {
            await Task.WhenAll(cluster.All.Select(process => process.StartAsync())).WaitAsync(cancellationToken);
            cluster.Owners = await ConversationOwners.ConnectAsync(processes.Silos, ClusterName, cancellationToken);
            await cluster.SettleAsync(cancellationToken);
            cluster.supervising = cluster.SuperviseAsync();
            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Kills a process, and leaves it dead until it is started by <see cref="StartAsync(ClusterProcess)"/>.</summary>
    /// <returns>When, in ticks of <see cref="Stopwatch"/>.</returns>
    public async Task<long> KillAsync(ClusterProcess process)
    {
        Expect(process, isDown: true);
        var moment = Stopwatch.GetTimestamp();
        await process.KillAsync();
        return moment;
    }

    /// <summary>Tells a process to stop, and waits until it has.</summary>
    public async Task StopAsync(ClusterProcess process)
    {
        Expect(process, isDown: true);
        try
        {
            if (await process.StopAsync() is var code and not 0)
            {
                Note(process, $"ended with {code} when it was told to stop.");
            }
        }
        catch (OperationCanceledException)
        {
            Note(process, "did not stop when it was told to, and was killed.");
            await process.KillAsync();
        }
    }

    /// <summary>Starts a process that was killed or stopped, and waits until it is ready.</summary>
    public async Task StartAsync(ClusterProcess process)
    {
        try
        {
            await process.StartAsync();
        }
        catch (Exception e) when (e is InvalidOperationException or TimeoutException or OperationCanceledException)
        {
            Note(process, $"did not start: {e.Message}");
            if (process.IsRunning)
            {
                await process.KillAsync();
            }
        }

        // From here on whoever finds it dead starts it.
        Expect(process, isDown: false);
    }

    /// <summary>Waits until every process runs and the cluster counts every silo, and no other.</summary>
    public async Task SettleAsync(CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        while (!await IsWholeAsync())
        {
            await Task.Delay(Look, patience.Token);
        }

        foreach (var api in Processes.Apis)
        {
            await api.Api.WaitUntilReadyAsync(Patience);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await supervising;
        if (Owners is not null)
        {
            await Owners.DisposeAsync();
        }

        Nodes.Dispose();
        await Processes.DisposeAsync();
        await Database.DisposeAsync();
        await Server.DisposeAsync();
        stopping.Dispose();
    }

    private async Task<bool> IsWholeAsync()
    {
        try
        {
            return All.All(IsUp) && await Owners.ActiveSilosAsync() == Processes.Silos.Count;
        }
        catch (Exception e) when (e is OrleansException or TimeoutException)
        {
            return false;
        }
    }

    private async Task SuperviseAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            foreach (var process in All.Where(process => !IsExpectedDown(process) && !process.IsRunning).ToArray())
            {
                Note(process, $"ended by itself with {process.ExitCode}: {LastWords(process)}");
                Expect(process, isDown: true);
                await StartAsync(process);
            }

            await Task.Delay(Look, stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    private static string LastWords(ClusterProcess process) => process.Log.TrimEnd().Split('\n')[^1];

    private bool IsExpectedDown(ClusterProcess process)
    {
        lock (down)
        {
            return down.Contains(process);
        }
    }

    private void Expect(ClusterProcess process, bool isDown)
    {
        lock (down)
        {
            _ = isDown ? down.Add(process) : down.Remove(process);
        }
    }

    private void Note(ClusterProcess process, string what)
    {
        // The whole of it is in the process's log.
        what = what.ReplaceLineEndings(" ");
        what = what[..Math.Min(what.Length, NoteLength)];
        lock (incidents)
        {
            if (allowed.TryGetValue(process, out var ends))
            {
                ends.Add($"{process.Name} {what}");
            }
            else
            {
                incidents.Add(new Violation(ViolationKind.Process, process.Name, what));
            }
        }
    }
}
