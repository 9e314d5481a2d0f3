using System.Diagnostics;
using OrleansChat.Chaos.Cluster;

namespace OrleansChat.Chaos.Measuring;

/// <summary>Looks at the memory and the connections of all processes, and of the database, every few seconds.</summary>
internal sealed class ResourceWatch : IAsyncDisposable
{
    private const string CountConnections = "SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()";

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);

    private readonly ChaosCluster cluster;
    private readonly CancellationTokenSource stopping = new();
    private readonly List<ProcessSample> processes = [];
    private readonly List<(TimeSpan At, int Count)> connections = [];
    private readonly Dictionary<int, long> seen = [];
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly Task watching;

    /// <summary>Begins.</summary>
    public ResourceWatch(ChaosCluster cluster)
    {
        this.cluster = cluster;
        watching = WatchAsync();
    }

    /// <summary>What the processes held. To be looked at when it has ended.</summary>
    public IReadOnlyList<ProcessSample> Processes => processes;

    /// <summary>How many connections the database had. To be looked at when it has ended.</summary>
    public IReadOnlyList<(TimeSpan At, int Count)> Connections => connections;

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await watching;
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Period);
        try
        {
            do
            {
                var at = Stopwatch.GetElapsedTime(start);
                foreach (var process in cluster.All.Where(process => process.IsRunning).ToArray())
                {
                    seen.TryAdd(process.Id, Stopwatch.GetTimestamp());
                    if (ProcessSample.Read(process.Name, process.Id, at, Stopwatch.GetElapsedTime(seen[process.Id])) is { } sample)
                    {
                        processes.Add(sample);
                    }
                }

                connections.Add((at, Convert.ToInt32(await cluster.Database.ExecuteAsync(CountConnections))));
            }
            while (await timer.WaitForNextTickAsync(stopping.Token));
        }
        catch (OperationCanceledException)
        {
            // Enough.
        }
    }
}
