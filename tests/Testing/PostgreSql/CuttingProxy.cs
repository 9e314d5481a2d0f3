using System.Net;
using System.Net.Sockets;

namespace OrleansChat.Testing.PostgreSql;

/// <summary>Stands between a program and its server, and has connections break where a test wants them to, or the network stall.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly int serverPort;
    private readonly Task accepting;
    private TaskCompletionSource passage = new();
    private int cutRequests;
    private int cutAnswers;

    /// <summary>Begins to listen.</summary>
    /// <param name="serverPort">Where the server listens, on loopback.</param>
    public CuttingProxy(int serverPort)
    {
        this.serverPort = serverPort;
        passage.SetResult();
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>The port to connect to.</summary>
    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Cuts the next connection that asks anything, before the server hears of it.</summary>
    public void CutNextRequest() => Interlocked.Increment(ref cutRequests);

    /// <summary>Cuts the next connection that is answered, when the server has done what it was asked and the program knows nothing of it.</summary>
    public void CutNextAnswer() => Interlocked.Increment(ref cutAnswers);

    /// <summary>Holds everything back, as a network does that loses packets.</summary>
    public void Stall() => passage = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Delivers what was held back, also of connections that their program has given up.</summary>
    public void Resume() => passage.SetResult();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Dispose();
        await accepting;
        stopping.Dispose();
    }

    private static bool Take(ref int cuts)
    {
        var before = Volatile.Read(ref cuts);
        return before > 0 && Interlocked.CompareExchange(ref cuts, before - 1, before) == before;
    }

    private async Task AcceptAsync()
    {
        var connections = new List<Task>();
        try
        {
            while (true)
            {
                connections.Add(ServeAsync(await listener.AcceptSocketAsync(stopping.Token)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(connections);
        }
    }

    private async Task ServeAsync(Socket program)
    {
        using var server = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using (program)
        {
            try
            {
                program.NoDelay = true;
                await server.ConnectAsync(IPAddress.Loopback, serverPort, stopping.Token);
                var requests = PumpAsync(program, server, () => Take(ref cutRequests));
                var answers = PumpAsync(server, program, () => Take(ref cutAnswers));

                // What was asked is delivered also where nobody waits for the answer any more.
                await Task.WhenAll(requests, answers);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
            {
                // Cut, by either side or by the test.
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Func<bool> cut)
    {
        var buffer = new byte[64 * 1024];
        while (await from.ReceiveAsync(buffer, stopping.Token) is > 0 and var read)
        {
            await Volatile.Read(ref passage).Task.WaitAsync(stopping.Token);
            if (cut())
            {
                from.Dispose();
                to.Dispose();
                return;
            }

            for (var sent = 0; sent < read;)
            {
                sent += await to.SendAsync(buffer.AsMemory(sent, read - sent), stopping.Token);
            }
        }

        to.Shutdown(SocketShutdown.Send);
    }
}
