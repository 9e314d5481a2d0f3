using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace OrleansChat.Browser.Tests.Networks;

/// <summary>
/// What is between a browser and the server: one address that stays, whatever happens behind it. It passes bytes on as they are,
/// breaks as a test says, and leads to another server when the test says so, as a load balancer does.
/// </summary>
public sealed class Network : IAsyncDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<Passage, Task> passages = new();
    private readonly Task accepting;

    /// <summary>Begins to listen.</summary>
    /// <param name="server">Where it leads.</param>
    public Network(Uri server)
    {
        Server = server;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        Address = new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}");
        accepting = AcceptAsync();
    }

    /// <summary>Where browsers go.</summary>
    public Uri Address { get; }

    /// <summary>Where new connections lead.</summary>
    public Uri Server { get; set; }

    /// <summary>What becomes of new connections.</summary>
    public NetworkState State { get; private set; }

    /// <summary>How many connections it has passed on so far.</summary>
    public int Connections { get; private set; }

    /// <summary>Resets all connections. New ones may be made.</summary>
    public void Reset()
    {
        foreach (var passage in passages.Keys)
        {
            passage.Reset();
        }
    }

    /// <summary>Resets all connections, and every new one.</summary>
    public void Cut() => Enter(NetworkState.Cut);

    /// <summary>Resets all connections, and answers new ones in the way of a load balancer with nobody behind it: 503.</summary>
    public void RefuseAsUnavailable() => Enter(NetworkState.Unavailable);

    /// <summary>New connections are passed on again.</summary>
    public void Restore() => State = NetworkState.Open;

    /// <summary>
    /// Loses what the server sends on the connections that there are, for ever and without a word, as a network does that has forgotten
    /// them while a machine was asleep. A browser that sends something on one is told, by a reset. New ones may be made.
    /// </summary>
    public void Forget()
    {
        foreach (var passage in passages.Keys)
        {
            passage.Forget();
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        Reset();
        await Task.WhenAll(passages.Values);
        stopping.Dispose();
    }

    private void Enter(NetworkState state)
    {
        State = state;
        Reset();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var browser = await listener.AcceptAsync(stopping.Token);
                var passage = new Passage(browser, Server, State);
                if (State == NetworkState.Open)
                {
                    Connections++;
                }

                var start = new TaskCompletionSource();
                passages[passage] = RunAsync(passage, start.Task);
                start.SetResult();
            }
        }
        catch (Exception e) when (stopping.IsCancellationRequested && e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    // Not before it is in the table that it removes itself from.
    private async Task RunAsync(Passage passage, Task registered)
    {
        await registered;
        await Task.Yield();
        try
        {
            await passage.RunAsync();
        }
        finally
        {
            passages.TryRemove(passage, out _);
        }
    }
}
