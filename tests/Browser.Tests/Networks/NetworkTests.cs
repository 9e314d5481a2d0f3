using System.Net;
using System.Net.Sockets;
using System.Text;

namespace OrleansChat.Browser.Tests.Networks;

public sealed class NetworkTests : IAsyncLifetime
{
    private readonly TcpListener server = new(IPAddress.Loopback, 0);
    private Network network = null!;

    [Fact]
    public async Task It_passes_bytes_on_in_both_directions_and_an_end_too()
    {
        var (browser, accepted) = await ConnectAsync();
        await SendAsync(browser, "ping");
        Assert.Equal("ping", await ReceiveAsync(accepted));
        await SendAsync(accepted, "pong");
        Assert.Equal("pong", await ReceiveAsync(browser));
        Assert.Equal(1, network.Connections);

        accepted.Dispose();
        await AssertBrokenAsync(browser);
    }

    [Fact]
    public async Task A_reset_breaks_what_there_is_and_new_connections_go_through()
    {
        var (browser, accepted) = await ConnectAsync();
        network.Reset();
        await AssertBrokenAsync(browser);
        await AssertBrokenAsync(accepted);
        await ConnectAsync();
    }

    [Fact]
    public async Task Cut_it_breaks_new_connections_too_until_it_is_restored()
    {
        var (browser, _) = await ConnectAsync();
        network.Cut();
        await AssertBrokenAsync(browser);
        try
        {
            using var refused = await ConnectBrowserAsync();
            await AssertBrokenAsync(refused);
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionReset)
        {
            // Broken so fast that connecting ended with it.
        }

        Assert.Equal(1, network.Connections);

        network.Restore();
        await ConnectAsync();
    }

    [Fact]
    public async Task With_nobody_behind_it_it_answers_as_a_load_balancer_does()
    {
        network.RefuseAsUnavailable();
        using var client = new HttpClient();
        using var answer = await client.GetAsync(network.Address);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
    }

    [Fact]
    public async Task What_it_forgets_is_lost_without_a_word_and_new_connections_go_through()
    {
        var (browser, accepted) = await ConnectAsync();
        network.Forget();
        await SendAsync(accepted, "lost");
        accepted.Dispose();
        var (another, itsEnd) = await ConnectAsync();
        await SendAsync(itsEnd, "heard");
        Assert.Equal("heard", await ReceiveAsync(another));
        Assert.Equal(0, browser.Available);
        Assert.False(browser.Poll(0, SelectMode.SelectRead));

        await SendAsync(browser, "anybody?");
        await AssertBrokenAsync(browser);
    }

    public Task InitializeAsync()
    {
        server.Start();
        network = new Network(new Uri($"http://{server.LocalEndpoint}"));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await network.DisposeAsync();
        server.Dispose();
    }

    private async Task<(Socket Browser, Socket Accepted)> ConnectAsync()
    {
        var browser = await ConnectBrowserAsync();
        return (browser, await server.AcceptSocketAsync());
    }

    private async Task<Socket> ConnectBrowserAsync()
    {
        var browser = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await browser.ConnectAsync(IPAddress.Loopback, network.Address.Port);
        return browser;
    }

    private static async Task SendAsync(Socket socket, string text) => await socket.SendAsync(Encoding.ASCII.GetBytes(text));

    private static async Task<string> ReceiveAsync(Socket socket)
    {
        var buffer = new byte[100];
        return Encoding.ASCII.GetString(buffer, 0, await socket.ReceiveAsync(buffer));
    }

    private static async Task AssertBrokenAsync(Socket socket)
    {
        var failure = await Record.ExceptionAsync(async () => Assert.Equal("", await ReceiveAsync(socket)));
        Assert.True(failure is null or SocketException { SocketErrorCode: SocketError.ConnectionReset });
    }
}
