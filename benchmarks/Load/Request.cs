using System.Net;
using System.Text;

namespace OrleansChat.Benchmarks.Load;

/// <summary>A whole HTTP/1.1 request for a stream of events, and where it goes.</summary>
internal sealed record Request(IPEndPoint EndPoint, ReadOnlyMemory<byte> Bytes)
{
    public static Request Post(Uri url, string header, string path, string json) => Of(
        url, $"POST {path} {Head(url, header)}Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}");

    /// <summary>Asks for the events after a cursor; an empty one is none.</summary>
    public static Request Get(Uri url, string header, string path, string cursor) => Of(
        url, $"GET {path} {Head(url, header)}{(cursor.Length > 0 ? $"Last-Event-ID: {cursor}\r\n" : "")}\r\n");

    private static Request Of(Uri url, string text) => new(new IPEndPoint(IPAddress.Loopback, url.Port), Encoding.UTF8.GetBytes(text));

    private static string Head(Uri url, string header) =>
        $"HTTP/1.1\r\nHost: {url.Authority}\r\n{(header.Length > 0 ? header + "\r\n" : "")}Accept: text/event-stream\r\n";
}
