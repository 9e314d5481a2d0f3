using System.Net.Sockets;
using System.Text;
using OrleansChat.Testing.Faults;
using OrleansChat.Testing.Faults.Recordings;
using OrleansChat.Testing.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Testing;

/// <summary>The faults themselves, seen from a bare socket: were they other than they say, the tests that use them would show nothing.</summary>
public sealed class FaultProxyTests : IAsyncLifetime
{
    private static readonly ReadOnlyMemory<byte> Response = "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ngood"u8.ToArray();

    private readonly RecordedUpstream upstream = new();
    private readonly ManualTimeProvider clock = new();
    private readonly Socket client = new(SocketType.Stream, ProtocolType.Tcp);
    private FaultProxy proxy = null!;

    public Task InitializeAsync()
    {
        proxy = new FaultProxy(upstream.Endpoint, clock);
        upstream.Respond = _ => new RecordedAnswer(Response, Fault.None);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        client.Dispose();
        await proxy.DisposeAsync();
        await upstream.DisposeAsync();
    }

    [Fact]
    public async Task Without_a_fault_everything_passes_again_and_again()
    {
        await AskAsync();
        Assert.Equal(Text(Response), await ReadAsync(Response.Length));
        await client.SendAsync("POST /2 HTTP/1.1\r\n\r\n"u8.ToArray());
        Assert.Equal(Text(Response), await ReadAsync(Response.Length));

        Assert.Equal(["/v1/x", "/2"], upstream.Requests.Select(request => request.Target));
        Assert.Equal("body", upstream.Requests[0].Body);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public async Task A_fin_ends_the_response_after_exactly_so_many_bytes(int after)
    {
        proxy.Enqueue(Fault.Fin(after));
        await AskAsync();

        Assert.Equal(Text(Response[..after]), await ReadAsync(after));
        Assert.Equal(0, await client.ReceiveAsync(new byte[1]));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(17)]
    public async Task A_reset_comes_after_exactly_so_many_bytes_and_loses_none_of_them(int after)
    {
        proxy.Enqueue(Fault.Reset(after));
        await AskAsync();
        var connection = await proxy.NextConnectionAsync();
        if (after > 0)
        {
            await UntilAvailableAsync(after);
            Assert.False(connection.Reached.IsCompleted);
        }

        Assert.Equal(Text(Response[..after]), await ReadAsync(after));
        var broken = await Assert.ThrowsAsync<SocketException>(async () => await client.ReceiveAsync(new byte[1]));
        Assert.Equal(SocketError.ConnectionReset, broken.SocketErrorCode);
    }

    [Fact]
    public async Task A_stall_keeps_the_connection_and_sends_nothing_more()
    {
        proxy.Enqueue(Fault.Stall(17));
        await AskAsync();
        Assert.Equal(Text(Response[..17]), await ReadAsync(17));
        var connection = await proxy.NextConnectionAsync();
        await connection.Reached.WaitAsync(TestLimits.Signal);

        Assert.False(client.Poll(0, SelectMode.SelectRead));
        Assert.False(connection.Closed.IsCompleted);
        client.Close();
        await connection.Closed.WaitAsync(TestLimits.Signal);
    }

    [Fact]
    public async Task A_part_is_sent_when_the_one_before_it_has_been_read()
    {
        if (!OperatingSystem.IsLinux())
        {
            // Elsewhere nobody tells what a program has read, and the parts follow each other at once.
            return;
        }

        proxy.Enqueue(Fault.None with { SplitAt = [3, 5] });
        await AskAsync();
        await UntilAvailableAsync(3);

        // The proxy waits for the program, not for the kernel, which has had these bytes for long.
        for (var look = 0; look < 100; look++)
        {
            await Task.Yield();
            Assert.Equal(3, client.Available);
        }

        Assert.Equal("HTT", await ReadAsync(3));
        await UntilAvailableAsync(2);
        Assert.Equal("P/", await ReadAsync(2));
        Assert.Equal(Text(Response[5..]), await ReadAsync(Response.Length - 5));
    }

    [Fact]
    public async Task The_first_byte_waits_for_the_test_and_for_its_time()
    {
        var gate = new Gate();
        proxy.Enqueue(Fault.None with { BeforeFirstByte = gate, FirstByteDelay = TimeSpan.FromSeconds(9) });
        await AskAsync();
        await gate.Reached.WaitAsync(TestLimits.Signal);
        gate.Open();
        await clock.WaitForTimersAsync().WaitAsync(TestLimits.Signal);
        clock.Advance(TimeSpan.FromSeconds(8));
        Assert.False(client.Poll(0, SelectMode.SelectRead));
        clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Text(Response), await ReadAsync(Response.Length));
    }

    [Fact]
    public async Task A_rate_lets_so_many_bytes_through_and_then_waits()
    {
        proxy.Enqueue(Fault.None with { RateLimit = 10 });
        await AskAsync();
        var read = "";
        while (read.Length + 10 <= Response.Length)
        {
            await clock.WaitForTimersAsync().WaitAsync(TestLimits.Signal);
            read += await ReadAsync(10);
            Assert.False(client.Poll(0, SelectMode.SelectRead));
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(Text(Response), read + await ReadAsync(Response.Length - read.Length));
    }

    [Fact]
    public async Task An_endpoint_that_dies_takes_its_connections_along()
    {
        proxy.Enqueue(Fault.Stall(17));
        await AskAsync();
        Assert.Equal(Text(Response[..17]), await ReadAsync(17));

        await proxy.DisposeAsync();

        await Assert.ThrowsAsync<SocketException>(async () => await client.ReceiveAsync(new byte[1]));
        using var late = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await Assert.ThrowsAsync<SocketException>(() => late.ConnectAsync(proxy.Endpoint.Host, proxy.Endpoint.Port));
    }

    public static TheoryData<string> Recorded => [.. RecordedDialects.All.Select(recording => recording.Name)];

    [Theory, MemberData(nameof(Recorded))]
    public void A_recording_has_its_events_where_it_says(string name)
    {
        var recording = RecordedDialects.Get(name);
        Assert.EndsWith("\r\n\r\n", Text(recording.Bytes[..recording.HeadLength]), StringComparison.Ordinal);
        Assert.Equal(recording.Events.Select(e => e.End).Order(), recording.Events.Select(e => e.End));
        Assert.All(recording.Events, e => Assert.Equal((byte)'\n', recording.Bytes.Span[e.End - 1]));
        Assert.NotNull(recording.Whole.FinishReason);
        Assert.Null(recording.Cut(recording.EndSignal - 1, FaultEnding.Stall).FinishReason);
    }

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private async Task AskAsync()
    {
        await client.ConnectAsync(proxy.Endpoint.Host, proxy.Endpoint.Port);
        await client.SendAsync("POST /v1/x HTTP/1.1\r\nContent-Length: 4\r\n\r\nbody"u8.ToArray());
    }

    private async Task<string> ReadAsync(int count)
    {
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        var bytes = new byte[count];
        for (var read = 0; read < count;)
        {
            var more = await client.ReceiveAsync(bytes.AsMemory(read), patience.Token);
            Assert.NotEqual(0, more);
            read += more;
        }

        return Text(bytes);
    }

    private async Task UntilAvailableAsync(int count)
    {
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        while (client.Available < count)
        {
            patience.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }
}
