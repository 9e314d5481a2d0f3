using System.Net.Sockets;

namespace OrleansChat.Browser.Tests.Networks;

/// <summary>One connection through a <see cref="Network"/>.</summary>
internal sealed class Passage(Socket browser, Uri address, NetworkState state)
{
    private static readonly byte[] Unavailable =
        "HTTP/1.1 503 Service Unavailable\r\nContent-Type: text/plain\r\nContent-Length: 11\r\nConnection: close\r\n\r\nNobody here"u8.ToArray();

    private readonly CancellationTokenSource ended = new();
    private volatile bool isForgotten;

    /// <summary>Passes on what comes, until either side ends it.</summary>
    public async Task RunAsync()
    {
        using var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            browser.NoDelay = true;
            switch (state)
            {
                case NetworkState.Cut:
                    break;
                case NetworkState.Unavailable:
                    await AnswerAsync();
                    break;
                default:
                    await server.ConnectAsync(address.Host, address.Port, ended.Token);
                    await await Task.WhenAny(CopyAsync(browser, server), CopyAsync(server, browser));
                    break;
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // One of them broke it off, or the test did.
        }
        finally
        {
            await ended.CancelAsync();
            Abort(browser);
            Abort(server);
        }
    }

    /// <summary>Breaks it.</summary>
    public void Reset() => ended.Cancel();

    /// <summary>Loses all that the server sends from now on. What the browser sends finds nobody who knows the connection: it is reset.</summary>
    public void Forget() => isForgotten = true;

    private static void Abort(Socket socket)
    {
        try
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // It is gone already.
        }

        socket.Dispose();
    }

    private async Task AnswerAsync()
    {
        var request = new byte[16 * 1024];
        await browser.ReceiveAsync(request.AsMemory(), ended.Token);
        await browser.SendAsync(Unavailable.AsMemory(), ended.Token);
        browser.Shutdown(SocketShutdown.Send);
        while (await browser.ReceiveAsync(request.AsMemory(), ended.Token) > 0)
        {
        }
    }

    private async Task CopyAsync(Socket from, Socket to)
    {
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var count = await from.ReceiveAsync(buffer.AsMemory(), ended.Token);
            if (isForgotten && from != browser)
            {
                // Its end is lost too.
                await Task.Delay(count > 0 ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, ended.Token);
            }
            else if (isForgotten || count == 0)
            {
                return;
            }
            else
            {
                await to.SendAsync(buffer.AsMemory(0, count), ended.Token);
            }
        }
    }
}
