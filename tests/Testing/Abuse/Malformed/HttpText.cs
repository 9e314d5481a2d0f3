using System.Text;

namespace OrleansChat.Testing.Abuse.Malformed;

/// <summary>Puts requests together, right or wrong.</summary>
internal static class HttpText
{
    /// <summary>A request; a body comes with its length, unless the headers frame it in another way.</summary>
    /// <param name="line">The request's line.</param>
    /// <param name="headers">Its headers, each a line without its end.</param>
    /// <param name="body">Its body.</param>
    public static byte[] Of(string line, IEnumerable<string> headers, ReadOnlySpan<byte> body = default)
    {
        var lines = headers.ToList();
        if (!body.IsEmpty && !lines.Exists(IsFraming))
        {
            lines.Add($"Content-Length: {body.Length}");
        }

        return [.. Encoding.Latin1.GetBytes($"{line}\r\n{string.Concat(lines.Select(header => $"{header}\r\n"))}\r\n"), .. body];
    }

    private static bool IsFraming(string header) =>
        header.StartsWith("Content-Length", StringComparison.OrdinalIgnoreCase) || header.StartsWith("Transfer-Encoding", StringComparison.OrdinalIgnoreCase);
}
