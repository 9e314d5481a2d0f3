using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using OrleansChat.Errors;

namespace OrleansChat.Requests;

/// <summary>
/// The header <c>Idempotency-Key</c> (draft-ietf-httpapi-idempotency-key-header): a request that comes again with the same key is
/// the same request. For every endpoint that creates or starts something, in any dialect.
/// </summary>
/// <param name="Value">The key: 1 to <see cref="Limits.RequestKey"/> visible ASCII characters.</param>
/// <param name="Fingerprint">What was asked for: a hash of the method, the path with its query, and the body.</param>
internal sealed record RequestKey(string Value, string Fingerprint)
{
    private const string Header = "Idempotency-Key";

    private static readonly SearchValues<char> Visible = SearchValues.Create([.. Enumerable.Range('!', '~' - '!' + 1).Select(c => (char)c)]);

    /// <summary>Reads the key, and what the request is; null where it has none. To be called before the body is read.</summary>
    /// <exception cref="InvalidRequestException">The key breaks the rule above.</exception>
    public static async Task<RequestKey?> ReadAsync(HttpRequest request)
    {
        var header = request.Headers[Header];
        if (header.Count == 0)
        {
            return null;
        }

        var key = header.Count == 1 ? Unquote(header.ToString()) : "";
        if (key.Length is 0 or > Limits.RequestKey || key.AsSpan().ContainsAnyExcept(Visible))
        {
            throw RequestReading.Invalid(
                $"The header '{Header}' is one text of 1 to {Limits.RequestKey} visible ASCII characters, in double quotes or without.");
        }

        return new RequestKey(key, await FingerprintAsync(request));
    }

    /// <summary>What a request is. To be called before the body is read, which can be read all the same.</summary>
    public static async Task<string> FingerprintAsync(HttpRequest request)
    {
        var body = await WholeBody.ReadAsync(request);
        request.Body = body;
        return FingerprintOf(request, body.Bytes().Span);
    }

    // The draft has the key as a structured field's string, in quotes; most clients send it without.
    private static string Unquote(string header) =>
        header is ['"', .. var quoted, '"'] ? quoted.Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal) : header;

    private static string FingerprintOf(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.PathBase}{request.Path}{request.QueryString}\n"));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetCurrentHash().AsSpan(0, 16));
    }
}
