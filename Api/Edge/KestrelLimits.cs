using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Options;
using OrleansChat.Edge.Connections;
using OrleansChat.Requests;

namespace OrleansChat.Edge;

/// <summary>Has the server keep to the limits.</summary>
internal sealed class KestrelLimits(IOptions<EdgeLimitOptions> options, ConnectionGate gate)
    : IConfigureOptions<KestrelServerOptions>, IConfigureOptions<SocketTransportOptions>
{
    // What a connection may hold of a request that nobody reads. What has been looked at does not count, so longer headers get through.
    private const int UnreadRequest = 16 * 1024;

    // The same for HTTP/2, which takes several at a time: the most that a request's headers may be, twice.
    private const int RequestBuffer = 64 * 1024;

    // What a connection may hold of an answer that the client does not take, beside the one piece that is being written.
    private const int ResponseBuffer = 8 * 1024;

    /// <summary>Of HTTP/1.1 it is the sockets that buffer; what the server itself is told holds for HTTP/2.</summary>
    public void Configure(SocketTransportOptions sockets)
    {
        sockets.MaxReadBufferSize = UnreadRequest;
        sockets.MaxWriteBufferSize = ResponseBuffer;
    }

    public void Configure(KestrelServerOptions kestrel)
    {
        var limits = options.Value;
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = Limits.BodyBytes;
        kestrel.Limits.KeepAliveTimeout = limits.IdleTimeout;
        kestrel.Limits.RequestHeadersTimeout = limits.HeaderTimeout;
        kestrel.Limits.MinRequestBodyDataRate = new MinDataRate(limits.BodyRate, limits.BodyGrace);
        kestrel.Limits.MinResponseDataRate = limits.SlowReaderRate == 0 ? null : new MinDataRate(limits.SlowReaderRate, limits.SlowReaderGrace);
        kestrel.Limits.MaxRequestBufferSize = RequestBuffer;
        kestrel.Limits.MaxResponseBufferSize = ResponseBuffer;
        kestrel.Limits.Http2.InitialConnectionWindowSize = 2 * RequestBuffer;
        kestrel.Limits.Http2.InitialStreamWindowSize = RequestBuffer + (RequestBuffer / 2);
        kestrel.ConfigureEndpointDefaults(listen => listen.Use(next => connection => gate.RunAsync(connection, next)));
    }
}
