using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;
using OrleansChat.Authentication;

namespace OrleansChat.Api.Tests.Authentication;

public class TrustedProxyTests
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Theory]
    [InlineData("10.1.2.3", Secret, true)]
    [InlineData("::ffff:10.1.2.3", Secret, true)]
    [InlineData("2001:db8::7", Secret, true)]
    [InlineData("10.2.0.1", Secret, false)]
    [InlineData("2001:db9::7", Secret, false)]
    [InlineData("127.0.0.1", Secret, false)]
    [InlineData("10.1.2.3", "0123456789abcdef0123456789abcdeF", false)]
    [InlineData("10.1.2.3", "", false)]
    public void It_is_known_by_its_network_and_its_secret(string address, string secret, bool isIt) =>
        Assert.Equal(isIt, Proxy("10.1.0.0/16, 2001:db8::/32").Sent(Request(new IPEndPoint(IPAddress.Parse(address), 1234), secret)));

    [Fact]
    public void What_a_request_says_of_where_it_comes_from_does_not_count()
    {
        var context = Request(new IPEndPoint(IPAddress.Parse("203.0.113.9"), 1234), Secret);

        // As middleware sets it that believes X-Forwarded-For.
        context.Connection.RemoteIpAddress = IPAddress.Parse("10.1.2.3");

        Assert.False(Proxy("10.1.0.0/16").Sent(context));
    }

    [Theory]
    [InlineData("unix", true)]
    [InlineData("10.1.0.0/16,unix", true)]
    [InlineData("10.1.0.0/16", false)]
    public void It_may_come_over_a_unix_socket(string networks, bool isIt) =>
        Assert.Equal(isIt, Proxy(networks).Sent(Request(new UnixDomainSocketEndPoint("/tmp/x"), Secret)));

    [Fact]
    public void A_secret_that_comes_twice_is_none()
    {
        var context = Request(new IPEndPoint(IPAddress.Parse("10.1.2.3"), 1), Secret);
        context.Request.Headers["X-Proxy-Secret"] = new([Secret, Secret]);

        Assert.False(Proxy("10.1.0.0/16").Sent(context));
    }

    private static TrustedProxy Proxy(string networks) =>
        new(Options.Create(new SignInOptions { Proxy = new ProxyOptions { Networks = networks, Secret = Secret } }));

    private static DefaultHttpContext Request(EndPoint remote, string secret)
    {
        var context = new DefaultHttpContext();
        context.Features.Set<IConnectionEndPointFeature>(new From(remote));
        context.Request.Headers["X-Proxy-Secret"] = secret;
        return context;
    }

    private sealed class From(EndPoint remote) : IConnectionEndPointFeature
    {
        public EndPoint? LocalEndPoint { get; set; }

        public EndPoint? RemoteEndPoint { get; set; } = remote;
    }
}
