using System.Net.Sockets;
using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Load.Channels;

/// <summary>One who follows a stream, may be cut off, and comes back with the cursor.</summary>
internal sealed class ChannelReader(ChannelTarget target, string channel, int expected, Measurements measurements) : IDisposable
{
    private readonly EventScanner scanner = new(target.EndMarker);
    private TaskCompletionSource opened = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Socket? socket;
    private long since;
    private bool isReturning;
    private bool isCut;
    private string? problem;

    /// <summary>Done when the server has begun to answer, or never will.</summary>
    public Task Opened => opened.Task;

    public ReadOutcome Outcome => new(
        expected - scanner.InOrder,
        scanner.Disordered,
        problem ?? (expected > 0 && !scanner.SawEnd ? "The stream ended without its end marker." : null));

    /// <summary>Follows the stream to its end, or until it is cut off.</summary>
    public async Task FollowAsync()
    {
        isCut = false;
        socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await ReadAsync(socket, target.Follow(channel, scanner.Cursor));
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidDataException)
        {
            problem = isCut ? problem : e.Message;
        }
        finally
        {
            socket.Dispose();
            opened.TrySetResult();
        }
    }

    /// <summary>The time from which the first delta counts.</summary>
    public void Asked(long at) => since = at;

    /// <summary>Ends the connection, as a network does.</summary>
    public void Cut()
    {
        isCut = true;
        socket?.Dispose();
    }

    /// <summary>Follows again from where it was cut off; the time until the first new delta counts from <paramref name="at"/>.</summary>
    public Task ReturnAsync(long at)
    {
        if (scanner.SawEnd)
        {
            return Task.CompletedTask;
        }

        (since, isReturning) = (at, true);
        opened = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return FollowAsync();
    }

    public void Dispose() => Cut();

    private async Task ReadAsync(Socket connection, Request request)
    {
        await connection.ConnectAsync(request.EndPoint);
        await connection.SendAsync(request.Bytes);
        var body = new StreamBody();
        while (!body.IsComplete && !scanner.SawEnd)
        {
            var count = await connection.ReceiveAsync(body.Free());
            if (count == 0)
            {
                throw new InvalidDataException(body.HasHead ? "The connection was cut." : "The connection was closed before an answer.");
            }

            if (body.Received(count) is { } refusal)
            {
                throw new InvalidDataException(refusal);
            }

            if (body.HasHead)
            {
                opened.TrySetResult();
                Take(body, count);
            }
        }
    }

    private void Take(StreamBody body, int count)
    {
        var now = MonotonicClock.Now;
        var before = scanner.InOrder;
        var (used, stamps) = scanner.Scan(body.Payload, now, measurements);
        body.Advance(used);
        measurements.Read(now, count, stamps);
        if (scanner.InOrder == before)
        {
            return;
        }

        if (isReturning)
        {
            isReturning = false;
            measurements.Returned(now - since);
        }
        else if (before == 0)
        {
            measurements.FirstToken(now - since);
        }
    }
}
