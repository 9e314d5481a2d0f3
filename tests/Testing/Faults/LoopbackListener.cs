using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OrleansChat.Testing.Faults;

/// <summary>Takes connections on a free port of this machine, each handled beside the others.</summary>
internal sealed class LoopbackListener : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Socket, Task> connections = new();
    private readonly CancellationTokenSource stopping = new();
    private readonly Func<Socket, CancellationToken, Task> handle;
    private readonly Task accepting;

    /// <summary>Begins to listen.</summary>
    /// <param name="handle">Handles one connection, which is reset when it returns, unless it is closed by then.</param>
    public LoopbackListener(Func<Socket, CancellationToken, Task> handle)
    {
        this.handle = handle;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        Port = ((IPEndPoint)listener.LocalEndPoint!).Port;
        accepting = AcceptAsync();
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>Takes no more connections, and resets those that there are.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        await Task.WhenAll(connections.Values);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await listener.AcceptAsync(stopping.Token);
                socket.NoDelay = true;
                var gate = new TaskCompletionSource();
                connections[socket] = HandleAsync(socket, gate.Task);
                gate.SetResult();
            }
        }
        catch (Exception e) when (stopping.IsCancellationRequested && e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task HandleAsync(Socket socket, Task registered)
    {
        await registered;
        await Task.Yield();
        try
        {
            await handle(socket, stopping.Token);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // The client left, or the listener stops.
        }
        finally
        {
            ResponseEnding.Abort(socket);
            connections.TryRemove(socket, out _);
        }
    }
}
