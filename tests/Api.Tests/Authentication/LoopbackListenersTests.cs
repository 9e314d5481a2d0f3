using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Options;
using OrleansChat.Authentication;

namespace OrleansChat.Api.Tests.Authentication;

public class LoopbackListenersTests
{
    public static TheoryData<string, bool> Places => new()
    {
        { "127.0.0.1:0", true },
        { "127.1.2.3:0", true },
        { "[::1]:0", true },
        { "0.0.0.0:0", false },
        { "[::]:0", false },
        { "10.0.0.1:0", false },
        { "[fe80::1]:0", false },
    };

    [Theory, MemberData(nameof(Places))]
    public async Task Where_nobody_signs_in_only_loopback_is_listened_at(string place, bool isAllowed)
    {
        var (endpoint, listeners) = (IPEndPoint.Parse(place), new LoopbackListeners(new NoListeners(), Mode(isLocal: true)));

        if (isAllowed)
        {
            await Assert.ThrowsAsync<BoundException>(async () => await listeners.BindAsync(endpoint));
        }
        else
        {
            var refusal = await Assert.ThrowsAsync<OptionsValidationException>(async () => await listeners.BindAsync(endpoint));
            Assert.Contains($"does not listen at {endpoint}", refusal.Failures.Single(), StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Places))]
    public async Task Where_somebody_does_anything_is(string place, bool _)
    {
        await Assert.ThrowsAsync<BoundException>(async () =>
            await new LoopbackListeners(new NoListeners(), Mode(isLocal: false)).BindAsync(IPEndPoint.Parse(place)));
    }

    [Fact]
    public async Task A_unix_socket_is_of_this_machine_and_what_is_not_known_is_not()
    {
        var listeners = new LoopbackListeners(new NoListeners(), Mode(isLocal: true));

        await Assert.ThrowsAsync<BoundException>(async () => await listeners.BindAsync(new UnixDomainSocketEndPoint("/tmp/x")));
        await Assert.ThrowsAsync<OptionsValidationException>(async () => await listeners.BindAsync(new DnsEndPoint("localhost", 80)));
    }

    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("0.0.0.0", false)]
    public async Task A_socket_that_somebody_else_made_is_looked_at(string address, bool isAllowed)
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Parse(address), 0));
        var endpoint = new FileHandleEndPoint((ulong)socket.SafeHandle.DangerousGetHandle(), FileHandleType.Tcp);

        var thrown = await Record.ExceptionAsync(async () => await new LoopbackListeners(new NoListeners(), Mode(isLocal: true)).BindAsync(endpoint));

        Assert.IsType(isAllowed ? typeof(BoundException) : typeof(OptionsValidationException), thrown);
        Assert.NotNull(socket.LocalEndPoint);
    }

    [Fact]
    public void Before_it_is_known_nobody_is_let_in() => Assert.False(new SignInMode().IsLocal);

    private static SignInMode Mode(bool isLocal)
    {
        var mode = new SignInMode();
        mode.Set(keys: !isLocal, proxy: false);
        return mode;
    }

    private sealed class NoListeners : IConnectionListenerFactory
    {
        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => throw new BoundException();
    }

    private sealed class BoundException : Exception;
}
