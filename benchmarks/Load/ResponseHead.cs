using System.Text;

namespace OrleansChat.Benchmarks.Load;

/// <summary>As much of HTTP/1.1's response head as a stream needs.</summary>
internal static class ResponseHead
{
    /// <summary>The head's length with its empty line; 0 while it is incomplete.</summary>
    public static int LengthIn(ReadOnlySpan<byte> received)
    {
        var end = received.IndexOf("\r\n\r\n"u8);
        return end < 0 ? 0 : end + 4;
    }

    /// <summary>Why this is not the start of a stream, with the server's own words; null if it is.</summary>
    public static string? ProblemIn(ReadOnlySpan<byte> received) =>
        received.StartsWith("HTTP/1.1 200"u8) ? null : Encoding.UTF8.GetString(received).ReplaceLineEndings(" ");

    /// <summary>Whether the body is in chunks; otherwise it ends with the connection.</summary>
    public static bool IsChunked(ReadOnlySpan<byte> received) =>
        Encoding.ASCII.GetString(received[..LengthIn(received)]).Contains("Transfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase);
}
