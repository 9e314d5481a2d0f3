using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Threading.Channels;
using OrleansChat.Testing.Time;

namespace OrleansChat.Testing.Faults;

/// <summary>
/// A TCP proxy between the product and a model server. It passes requests on as they are; the bytes that come back, it cuts,
/// splits, delays and slows down as the connection's fault says. Offsets count from the first byte that comes back on a connection.
/// </summary>
/// <example><code>
/// await using var proxy = new FaultProxy(server.Endpoint);
/// proxy.Enqueue(Fault.Stall(after: 300));
/// // … a client posts to proxy.Endpoint …
/// await (await proxy.NextConnectionAsync()).Reached;
/// </code></example>
public sealed class FaultProxy : IAsyncDisposable
{
    private const int BufferLength = 16 * 1024;

    private readonly ConcurrentQueue<Fault> faults = new();
    private readonly Channel<ProxiedConnection> arrivals = Channel.CreateUnbounded<ProxiedConnection>();
    private readonly Uri upstream;
    private readonly TimeProvider clock;
    private readonly LoopbackListener listener;

    /// <summary>Starts it.</summary>
    /// <param name="upstream">The base URL of the server behind it.</param>
    /// <param name="clock">The clock of delays and rates. Default: the system's.</param>
    public FaultProxy(Uri upstream, TimeProvider? clock = null)
    {
        this.upstream = upstream;
        this.clock = clock ?? TimeProvider.System;
        listener = new LoopbackListener(HandleAsync);
    }

    /// <summary>The base URL to configure: the server's, with the proxy's host and port.</summary>
    public Uri Endpoint => new UriBuilder(upstream) { Host = "127.0.0.1", Port = listener.Port }.Uri;

    /// <summary>The fault of connections for which none is queued. Default: none.</summary>
    public Fault Default { get; set; } = Fault.None;

    /// <summary>Queues a fault for each of the next connections.</summary>
    public void Enqueue(params IEnumerable<Fault> faults)
    {
        foreach (var fault in faults)
        {
            this.faults.Enqueue(fault);
        }
    }

    /// <summary>The next connection that has not been asked for in this way, when it has come.</summary>
    /// <exception cref="TimeoutException">None came within <see cref="TestLimits.Signal"/>.</exception>
    public Task<ProxiedConnection> NextConnectionAsync() => arrivals.Reader.ReadAsync().AsTask().WaitAsync(TestLimits.Signal);

    /// <summary>Resets all connections and takes no more: the endpoint is dead.</summary>
    public ValueTask DisposeAsync() => listener.DisposeAsync();

    private async Task HandleAsync(Socket client, CancellationToken stopping)
    {
        var connection = new ProxiedConnection(client, faults.TryDequeue(out var fault) ? fault : Default);
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var sender = new SegmentSender(client);
        try
        {
            await server.ConnectAsync(upstream.Host, upstream.Port, stopping);
            arrivals.Writer.TryWrite(connection);
            var requests = PassOnAsync(client, server, stopping);
            var ending = await PassBackAsync(server, sender, connection.Fault, stopping);
            await ResponseEnding.ApplyAsync(client, sender, ending, stopping);
            connection.HasReached();
            await requests;
        }
        finally
        {
            connection.HasClosed();
        }
    }

    // To the server as it is, until the client closes: which the server is told in the same way.
    private static async Task PassOnAsync(Socket client, Socket server, CancellationToken stopping)
    {
        try
        {
            var buffer = new byte[BufferLength];
            for (int count; (count = await client.ReceiveAsync(buffer.AsMemory(), stopping)) > 0;)
            {
                await server.SendAsync(buffer.AsMemory(0, count), stopping);
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The client broke off.
        }

        ResponseEnding.Abort(server);
    }

    // Back to the client, until the cut, or until the server ends the connection, which the client is told in the same way.
    private async Task<FaultEnding> PassBackAsync(Socket server, SegmentSender sender, Fault fault, CancellationToken stopping)
    {
        var response = new FaultySender(sender, fault, clock);
        var buffer = new byte[BufferLength];
        while (true)
        {
            int count;
            try
            {
                count = await server.ReceiveAsync(buffer.AsMemory(), stopping);
            }
            catch (SocketException)
            {
                return FaultEnding.Reset;
            }

            if (count == 0)
            {
                return FaultEnding.Fin;
            }

            if (!await response.SendAsync(buffer.AsMemory(0, count), stopping))
            {
                return fault.Ending;
            }
        }
    }
}
