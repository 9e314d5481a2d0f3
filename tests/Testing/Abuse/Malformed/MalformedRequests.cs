using System.Collections.Immutable;
using System.Text;

namespace OrleansChat.Testing.Abuse.Malformed;

/// <summary>Requests to every operation of the API, each with something wrong, made from a seed.</summary>
/// <param name="operations">The operations.</param>
/// <param name="things">What exists, by the names that paths have for it.</param>
/// <param name="host">The server's name.</param>
/// <param name="seed">The seed.</param>
public sealed class MalformedRequests(
    ImmutableArray<ApiOperation> operations, IReadOnlyDictionary<string, string> things, string host, int seed)
{
    private const int TooLarge = 17 * 1024 * 1024;

    // The AI SDK's clients name no content type; everybody else has to.
    private const string WithoutContentType = "/api/chat";

    private static readonly string[] OtherContentTypes = ["text/plain", "text/xml", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/octet-stream", "nonsense", "application/jsonp", "\"json\""];

    /// <summary>The request with a number; always the same.</summary>
    public MalformedRequest Make(int number)
    {
        var random = new Random(HashCodeOf(seed, number));
        while (true)
        {
            // Every operation gets its share, in turn.
            var operation = operations[(number + random.Next(2)) % operations.Length];
            if (TryMake(operation, random) is var (fault, bytes))
            {
                return new MalformedRequest(number, fault, operation.Name, bytes);
            }
        }
    }

    private (string Fault, byte[] Bytes)? TryMake(ApiOperation operation, Random random)
    {
        var path = operation.At(things);
        switch (random.Next(10))
        {
            case 0 or 1 or 2 or 3 when operation.Body is { } good:
                var (fault, body) = JsonFaults.Spoil(good, random);
                return ($"body: {fault}", Request(operation.Method, path, body, random.Next(4) == 0));
            case 4 when operation.Body is { } good && !operation.Path.StartsWith(WithoutContentType, StringComparison.Ordinal):
                var type = OtherContentTypes[random.Next(OtherContentTypes.Length)];
                return ("another content type", HttpText.Of($"{operation.Method} {path} HTTP/1.1", Headers($"Content-Type: {type}"), Encoding.UTF8.GetBytes(good.ToJsonString())));
            case 5 when operation.Body is not null || operation.TakesText:
                // Said to be too large, or seen to be.
                return random.Next(4) > 0
                    ? ("too large by its length", HttpText.Of($"{operation.Method} {path} HTTP/1.1", Headers($"Content-Type: {ContentType(operation)}", $"Content-Length: {TooLarge}"), "{"u8))
                    : ("too large", Request(operation.Method, path, Encoding.UTF8.GetBytes($"{{\"content\":\"{new string('x', 9 * 1024 * 1024)}\"}}"), isChunked: random.Next(2) == 0));
            case 6 when PlaceFaults.Path(operation, things, random) is { } bad:
                return ("path", Request(operation.Method, bad, operation.Body is { } fine ? Encoding.UTF8.GetBytes(fine.ToJsonString()) : [], isChunked: false));
            case 7 when PlaceFaults.QueryOf(operation, random) is { } query:
                return ($"query {query[..Math.Min(query.Length, 30)]}", Request(operation.Method, path + query, operation.Body is { } ok ? Encoding.UTF8.GetBytes(ok.ToJsonString()) : [], isChunked: false));
            case 8 when PlaceFaults.HeaderOf(operation, random) is { } header:
                return ($"header {header[..Math.Min(header.Length, 30)]}", HttpText.Of($"{operation.Method} {path} HTTP/1.1", Headers("Content-Type: application/json", header), operation.Body is { } right ? Encoding.UTF8.GetBytes(right.ToJsonString()) : []));
            case 9:
                return HttpFaults.Spoil(operation.Method, path, host, operation.Body is not null, random);
            default:
                return null;
        }
    }

    private byte[] Request(string method, string path, byte[] body, bool isChunked)
    {
        var line = $"{method} {path} HTTP/1.1";
        return isChunked && body.Length > 0
            ? HttpText.Of(line, Headers("Content-Type: application/json", "Transfer-Encoding: chunked"), [.. Encoding.Latin1.GetBytes($"{body.Length:x}\r\n"), .. body, .. "\r\n0\r\n\r\n"u8])
            : HttpText.Of(line, body.Length > 0 ? Headers("Content-Type: application/json") : Headers(), body);
    }

    private static string ContentType(ApiOperation operation) => operation.TakesText ? "text/markdown" : "application/json";

    private IEnumerable<string> Headers(params IEnumerable<string> more) => [$"Host: {host}", "Connection: close", .. more];

    private static int HashCodeOf(int seed, int number) => unchecked((seed * 1_000_003) ^ (number * 7_919));
}
