using System.Diagnostics;
using Npgsql;

namespace OrleansChat.Benchmarks.FailureDetection;

/// <summary>What the cluster thinks of its silos, read from its table on a connection of our own.</summary>
internal sealed class Membership : IAsyncDisposable
{
    private const int Dead = 6;

    // Short beside what is measured, long beside a query.
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly NpgsqlConnection connection;

    private Membership(NpgsqlConnection opened) => connection = opened;

    public static async Task<Membership> OpenAsync(string connectionString)
    {
        var opened = new NpgsqlConnection(connectionString);
        await opened.OpenAsync();
        return new Membership(opened);
    }

    /// <summary>How many dead silos there are in the table.</summary>
    public async Task<long> DeadAsync()
    {
        await using var command = new NpgsqlCommand($"SELECT count(*) FROM orleanschat.silos WHERE status = {Dead}", connection);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Begins to take the time.</summary>
    public SiloWatch Watch(int port) => new(this, port, Stopwatch.GetTimestamp());

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private async Task<bool> IsDeadAsync(int port)
    {
        await using var command = new NpgsqlCommand(
            "SELECT status FROM orleanschat.silos WHERE port = $1 ORDER BY generation DESC LIMIT 1", connection) { Parameters = { new() { Value = port } } };
        return await command.ExecuteScalarAsync() is Dead;
    }

    /// <summary>The time of one silo, from when it was about to be hit.</summary>
    internal readonly record struct SiloWatch(Membership Membership, int Port, long Start)
    {
        /// <summary>Waits until the others have declared it dead.</summary>
        public async Task<TimeSpan> WhenDeadAsync()
        {
            using var patience = new CancellationTokenSource(Patience);
            using var timer = new PeriodicTimer(Period);
            while (!await Membership.IsDeadAsync(Port))
            {
                await timer.WaitForNextTickAsync(patience.Token);
            }

            return Stopwatch.GetElapsedTime(Start);
        }
    }
}
