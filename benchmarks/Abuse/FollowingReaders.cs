using System.Diagnostics;
using OrleansChat.Benchmarks.Measuring;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Benchmarks.Abuse;

/// <summary>Readers who read what they get, and take the time between its pieces.</summary>
internal sealed class FollowingReaders : IAsyncDisposable
{
    private readonly List<SseConnection> connections = [];
    private readonly List<Task> reading = [];
    private volatile LatencyHistogram? times;
    private volatile bool hasEnded;

    /// <summary>Joins readers at the end of a conversation.</summary>
    public static async Task<FollowingReaders> JoinAsync(ServerUnderAttack server, string conversation, int count)
    {
        var readers = new FollowingReaders();
        var head = (await server.Product.Api.GetAsync($"/conversations/{conversation}")).GetProperty("sequence").GetInt64();
        for (var i = 0; i < count; i++)
        {
            var connection = await server.Product.Api.FollowAsync(conversation, $"after={head}");
            readers.connections.Add(connection);
            readers.reading.Add(Task.Run(() => readers.ReadAsync(connection)));
        }

        return readers;
    }

    /// <summary>Takes the times for a while.</summary>
    public async Task MeasureAsync(LatencyHistogram into, TimeSpan time)
    {
        times = into;
        await Task.Delay(time);
        times = null;
    }

    public async ValueTask DisposeAsync()
    {
        hasEnded = true;
        connections.ForEach(connection => connection.Dispose());
        await Task.WhenAll(reading);
    }

    private async Task ReadAsync(SseConnection connection)
    {
        var last = Stopwatch.GetTimestamp();
        try
        {
            while (await connection.NextAsync() is not null)
            {
                times?.Record((long)Stopwatch.GetElapsedTime(last).TotalMicroseconds);
                last = Stopwatch.GetTimestamp();
            }
        }
        catch (Exception) when (hasEnded)
        {
            // Disposed of.
        }
    }
}
