using System.Net;
using System.Net.Sockets;
using System.Text;
using OrleansChat.Testing.Abuse;
using OrleansChat.Testing.Time;

namespace OrleansChat.EndToEnd.Tests.Edge;

/// <summary>Whoever holds connections holds them against himself only.</summary>
public sealed class ConnectionTests(EdgeFixture fixture) : IClassFixture<EdgeFixture>, IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly List<Socket> sockets = [];

    /// <summary>Leaves room for the next test.</summary>
    public void Dispose() => sockets.ForEach(socket => socket.Dispose());

    [Theory]
    [InlineData("")]
    [InlineData("GET /models HTT")]
    [InlineData("GET /models HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ")]
    public async Task Connections_without_a_request_make_room_for_new_ones(string sent)
    {
        for (var i = 0; i < 2 * EdgeFixture.Connections; i++)
        {
            await OpenAsync(sent);
        }

        var answer = await GetAsync("/models");

        Assert.Equal(200, answer.Status);
        Assert.InRange(answer.Took, TimeSpan.Zero, 2 * Second);
        await ClosedAsync(sockets[0]);
    }

    [Fact]
    public async Task Where_all_connections_have_a_request_new_ones_are_told_so()
    {
        await OccupyAsync(EdgeFixture.Connections);

        var (native, openAi, eventSource) = (await GetAsync("/models"), await GetAsync("/v1/models"), await GetAsync("/events", "Accept: text/event-stream"));

        Assert.Equal(503, native.Status);
        Assert.Equal("too_many_connections", native.Json.GetProperty("code").GetString());
        Assert.Contains("\r\nRetry-After: 5\r\n", native.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("\r\nConnection: close\r\n", native.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("X-Content-Type-Options: nosniff", native.Head, StringComparison.OrdinalIgnoreCase);
        Assert.Equal(503, openAi.Status);
        Assert.Equal("too_many_connections", openAi.Json.GetProperty("error").GetProperty("code").GetString());

        // It gives up for good on anything but 200.
        Assert.Equal(200, eventSource.Status);

        sockets[0].Dispose();
        await AnsweredAsync("/models", 200);
    }

    [Fact]
    public async Task Who_takes_the_page_and_never_reads_it_keeps_nobody_out()
    {
        // Of what anybody gets, far more than the network holds on the way.
        var requests = string.Concat(Enumerable.Repeat($"GET /index.html HTTP/1.1\r\nHost: {fixture.Raw.Host}\r\n\r\n", 1_000));
        for (var i = 0; i < EdgeFixture.Connections; i++)
        {
            await OpenAsync(requests, receiveBuffer: 4_096);
        }

        await AnsweredAsync("/models", 200);
        await OccupyAsync(EdgeFixture.Connections);
    }

    [Fact]
    public async Task Beyond_the_reserve_connections_are_closed()
    {
        await OccupyAsync(EdgeFixture.Connections);
        for (var i = 0; i < EdgeFixture.Reserve; i++)
        {
            await OpenAsync("");
        }

        var one = await OpenAsync("");

        await ClosedAsync(one);
    }

    [Fact]
    public async Task Headers_that_do_not_come_are_not_waited_for()
    {
        var slow = await OpenAsync("GET /models HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
        using var limit = new CancellationTokenSource(TestLimits.Signal);

        Assert.Equal(408, (await RawHttp.ReadAsync(slow, limit.Token)).Status);
        await ClosedAsync(slow);
    }

    [Fact]
    public async Task A_body_that_hardly_comes_is_not_waited_for()
    {
        var slow = await OpenAsync(
            $"POST /conversations HTTP/1.1\r\nHost: {fixture.Raw.Host}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\nConnection: close\r\n\r\n{{\"title\":\"");
        using var limit = new CancellationTokenSource(TestLimits.Signal);

        var answer = await RawHttp.ReadAsync(slow, limit.Token);

        Assert.Equal(408, answer.Status);
        Assert.Equal("request_timeout", answer.Json.GetProperty("code").GetString());
    }

    [Fact]
    public async Task A_reader_who_does_not_read_is_cut_off_and_finds_everything_when_he_comes_back()
    {
        var conversation = await fixture.Api.CreateAsync();
        var reader = await OpenAsync("", receiveBuffer: 4_096);
        await SendAsync(reader, $"GET /conversations/{conversation}/events HTTP/1.1\r\nHost: {fixture.Raw.Host}\r\n\r\n");
        using var watching = await fixture.Api.FollowAsync(conversation);
        await fixture.Api.SendAsync(conversation, "[demo: tokens=20000 rate=20000]");

        await watching.UntilAsync("reply.completed");
        await ResetAsync(reader);
        using var again = await fixture.Api.FollowAsync(conversation, "until=idle");

        Assert.Equal(watching.Text, (await again.ToEndAsync()).Text);
        Assert.DoesNotContain("fail: ", fixture.Product.Log, StringComparison.Ordinal);
    }

    private async Task<Socket> OpenAsync(string sent, int? receiveBuffer = null)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        if (receiveBuffer is { } bytes)
        {
            socket.ReceiveBufferSize = bytes;
        }

        sockets.Add(socket);
        await socket.ConnectAsync(IPAddress.Loopback, fixture.Product.Address.Port);
        await SendAsync(socket, sent);
        return socket;
    }

    // Streams that nothing ends, each of which has begun.
    private async Task OccupyAsync(int count)
    {
        using var limit = new CancellationTokenSource(TestLimits.Signal);
        for (var i = 0; i < count; i++)
        {
            // The server may not have noticed yet that those of another test have left.
            while (await RawHttp.ReadAsync(await OpenAsync($"GET /events HTTP/1.1\r\nHost: {fixture.Raw.Host}\r\n\r\n"), limit.Token) is { Status: not 200 })
            {
                sockets[^1].Dispose();
                sockets.RemoveAt(sockets.Count - 1);
                limit.Token.ThrowIfCancellationRequested();
            }
        }
    }

    private Task<RawAnswer> GetAsync(string path, params string[] headers) => fixture.Raw.SendAsync(
        Encoding.Latin1.GetBytes($"GET {path} HTTP/1.1\r\nHost: {fixture.Raw.Host}\r\nConnection: close\r\n{string.Concat(headers.Select(header => $"{header}\r\n"))}\r\n"),
        TestLimits.Signal);

    private async Task AnsweredAsync(string path, int status)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TestLimits.Signal);
        while ((await GetAsync(path)).Status != status)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }

    private static async Task SendAsync(Socket socket, string text)
    {
        if (text.Length > 0)
        {
            await socket.SendAsync(Encoding.Latin1.GetBytes(text));
        }
    }

    private static async Task ClosedAsync(Socket socket)
    {
        using var limit = new CancellationTokenSource(TestLimits.Signal);
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer, limit.Token) > 0)
            {
                // What was on its way.
            }
        }
        catch (SocketException)
        {
            // Reset.
        }
    }

    // Without reading what is there, which would be to keep up.
    private static async Task ResetAsync(Socket socket)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        using var limit = new CancellationTokenSource(TestLimits.Signal);
        while (!socket.Poll(0, SelectMode.SelectError) && (int)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)! == 0)
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
