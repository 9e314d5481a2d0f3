using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.Extensions.Options;

namespace OrleansChat.Authentication;

/// <summary>Knows the proxy by whose word callers are let in: by where it connects from, and by the secret that it sends.</summary>
internal sealed class TrustedProxy
{
    private readonly ImmutableArray<IPNetwork> networks;
    private readonly bool takesUnixSockets;
    private readonly byte[] secretHash;
    private readonly string secretHeader;

    public TrustedProxy(IOptions<SignInOptions> options)
    {
        var proxy = options.Value.Proxy;
        var names = ProxyOptions.Split(proxy.Networks);
        networks = [.. names.Where(name => name != ProxyOptions.UnixSocket).Select(IPNetwork.Parse)];
        takesUnixSockets = names.Contains(ProxyOptions.UnixSocket, StringComparer.Ordinal);
        secretHash = HashOf(proxy.Secret ?? "");
        secretHeader = proxy.SecretHeader;
    }

    /// <summary>Whether a request comes through it.</summary>
    public bool Sent(HttpContext context) =>
        context.Request.Headers[secretHeader] is [{ } secret]
        && IsItsAddress(context)
        && CryptographicOperations.FixedTimeEquals(HashOf(secret), secretHash);

    // Hashed, so that neither the secret's content nor its length shows in the time that a comparison takes.
    private static byte[] HashOf(string secret) => SHA256.HashData(Encoding.UTF8.GetBytes(secret));

    private bool IsItsAddress(HttpContext context)
    {
        // Of the connection itself: what the request says of where it comes from may be somebody else's word.
        var remote = context.Features.Get<IConnectionEndPointFeature>()?.RemoteEndPoint
            ?? (context.Connection.RemoteIpAddress is { } ip ? new IPEndPoint(ip, 0) : null);
        return remote switch
        {
            UnixDomainSocketEndPoint => takesUnixSockets,
            IPEndPoint { Address: var address } => networks.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address)),
            _ => false,
        };
    }
}
