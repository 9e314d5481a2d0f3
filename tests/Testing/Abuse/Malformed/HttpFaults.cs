using System.Text;

namespace OrleansChat.Testing.Abuse.Malformed;

/// <summary>Spoils HTTP itself. HTTP versions of the future are not among it: the answer to them is 505 (RFC 9110, section 15.6.6).</summary>
internal static class HttpFaults
{
    private static readonly string[] BadHeaders =
    [
        "no colon", "X Y: 1", "X\u0000Y: 1", "X-A: a\u0000b", ": empty", " folded", "X-A : 1", "\u00e9: 1", "X-A: a\rb", "X-A: \u00ff\u00fe",
    ];

    private static readonly string[] BadFraming =
    [
        "Content-Length: -1", "Content-Length: 1e3", "Content-Length: 99999999999999999999", "Content-Length: 0x10", "Content-Length: 5, 6", "Content-Length:",
        "Content-Length: 2\r\nContent-Length: 3", "Transfer-Encoding: gzip", "Transfer-Encoding: identity", "Transfer-Encoding: chunked, gzip", "Transfer-Encoding: xchunked",
    ];

    private static readonly string[] BadChunks =
    [
        "zz\r\n{}\r\n0\r\n\r\n", "-2\r\n{}\r\n0\r\n\r\n", "2\r\n{}}0\r\n\r\n", "2\n{}\r\n0\r\n\r\n", "ffffffffffffffff\r\n{}", "fffffffff\r\n{}", "2;\u0000=\r\n{}x\r\n0\r\n\r\n", "\r\n\r\n", " 2\r\n{}\r\n", "2 2\r\n{}\r\n",
    ];

    // Without a version, or with an unknown one, it is answered with 505 by the server itself, as HTTP has it.
    private static readonly string[] BadLines =
    [
        "{0}", "{0}  {1} HTTP/1.1", "{0} {1} HTTP/1.1 more", "{0} nowhere HTTP/1.1", "{0} {1}\u0000 HTTP/1.1", "{0} http://elsewhere.example{1} HTTP/1.1",
        "{0}\u0000 {1} HTTP/1.1", "({0}) {1} HTTP/1.1", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\u0003\u0003", "{0} {1}\t HTTP/1.1", "NONSENSE {1} HTTP/1.1", "TRACE {1} HTTP/1.1", "CONNECT {1} HTTP/1.1",
        "{0} \u00fc HTTP/1.1", "\u00e9 {1} HTTP/1.1",
    ];

    private static readonly string[] BadHosts = ["", "Host: a b", "Host: a/b", "Host: a\r\nHost: b", "Host: [::1", "Host: a:b:c", "Host: a@b", "Host: \u00fc"];

    /// <summary>A spoilt request, and what is wrong with it.</summary>
    /// <param name="method">The method.</param>
    /// <param name="path">The path.</param>
    /// <param name="host">The server's own name.</param>
    /// <param name="hasBody">Whether the operation reads a body.</param>
    /// <param name="random">Chance.</param>
    public static (string Fault, byte[] Request) Spoil(string method, string path, string host, bool hasBody, Random random)
    {
        var line = $"{method} {path} HTTP/1.1";
        string[] headers = [$"Host: {host}", "Connection: close", .. hasBody ? ["Content-Type: application/json"] : Array.Empty<string>()];
        switch (random.Next(hasBody ? 8 : 6))
        {
            case 0:
                // Before the others too: a parser may stop at the first.
                var bad = Pick(random, BadHeaders);
                return ($"header '{Printable(bad)}'", HttpText.Of(line, random.Next(2) == 0 ? [.. headers, bad] : [headers[0], bad, .. headers[1..]]));
            case 1:
                return ("many headers", HttpText.Of(line, [.. headers, .. Enumerable.Range(0, random.Next(101, 300)).Select(i => $"X-{i}: {i}")]));
            case 2:
                return ("long headers", HttpText.Of(line, [.. headers, $"X-Long: {new string('x', random.Next(33_000, 100_000))}"]));
            case 3:
                var template = Pick(random, BadLines);
                return ($"line '{Printable(template)}'", HttpText.Of(template.Replace("{0}", method, StringComparison.Ordinal).Replace("{1}", path, StringComparison.Ordinal), headers));
            case 4:
                return ("long line", HttpText.Of($"{method} {path}?x={new string('x', random.Next(8_192, 50_000))} HTTP/1.1", headers));
            case 5:
                var badHost = Pick(random, BadHosts);
                return ($"host '{Printable(badHost)}'", HttpText.Of(line, badHost.Length == 0 ? headers[1..] : [badHost, .. headers[1..]]));
            case 6:
                var framing = Pick(random, BadFraming);
                return ($"framing '{Printable(framing)}'", HttpText.Of(line, [.. headers, framing], "{}"u8));
            default:
                var chunks = Pick(random, BadChunks);
                return ($"chunks '{Printable(chunks)}'", HttpText.Of(line, [.. headers, "Transfer-Encoding: chunked"], Encoding.Latin1.GetBytes(chunks)));
        }
    }

    private static string Pick(Random random, string[] choices) => choices[random.Next(choices.Length)];

    private static string Printable(string text) => string.Concat(text.Select(c => c is >= ' ' and <= '~' ? $"{c}" : $"\\x{(int)c:x2}"));
}
