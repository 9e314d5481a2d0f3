using System.Net;
using System.Text;

namespace OrleansChat.Benchmarks.Load;

/// <summary>What the clients need to know of a server: how to ask for a reply, and how it says that the reply is complete.</summary>
internal abstract class Target(Uri url, string header) : IDisposable
{
    public IPEndPoint EndPoint { get; } = new(IPAddress.Loopback, url.Port);

    /// <summary>Bytes without which a stream was cut off, however clean its end.</summary>
    public abstract ReadOnlyMemory<byte> EndMarker { get; }

    protected Uri Url => url;

    public static Target Create(string name, Uri url, string header) => name switch
    {
        "direct" => new DirectTarget(url, header),
        "relay" => new RelayTarget(url, header),
        "orleanschat" => new OrleansChatTarget(url, header),
        _ => throw new UsageException($"Unknown target '{name}': direct, relay or orleanschat."),
    };

    /// <summary>Does all that precedes the question, and is not measured.</summary>
    /// <returns>The whole HTTP request of the question.</returns>
    public abstract ValueTask<byte[]> PrepareAsync(string prompt);

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    protected byte[] Post(string path, string json) => Encoding.UTF8.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: {url.Authority}\r\n{(header.Length > 0 ? header + "\r\n" : "")}Accept: text/event-stream\r\n"
        + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");
}
