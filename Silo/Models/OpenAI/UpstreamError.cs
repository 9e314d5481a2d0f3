using System.Buffers;
using System.Text.Json;
using OrleansChat.Models.Upstream;

namespace OrleansChat.Models.OpenAI;

/// <summary>
/// What is read of an error that an endpoint reports: its short machine-readable words. Its text is not, for endpoints quote
/// prompts, keys and addresses in it.
/// </summary>
/// <param name="Code">The error's <c>code</c>, or null.</param>
/// <param name="Type">The error's <c>type</c>, or null.</param>
internal sealed record UpstreamError(string? Code, string? Type)
{
    private const int LongestToken = 64;

    private static readonly SearchValues<char> PlainCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-");

    // How the keys of the known providers begin: one that an endpoint names where its code should be is a plain word otherwise.
    private static readonly string[] KeyBeginnings = ["sk-", "sk_", "gsk_", "xai-", "hf_", "AIza"];

    private static readonly string[] RateLimits = ["429", "rate_limit", "too_many_requests", "insufficient_quota", "resource_exhausted"];

    /// <summary>Whether the endpoint asks for fewer requests.</summary>
    public bool IsRateLimit => RateLimits.Any(word => Has(Code, word) || Has(Type, word));

    /// <summary>Reads the data of an error event or the body of an error response, which may be anything.</summary>
    public static UpstreamError Read(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            reader.Read();
            return Read(ref reader);
        }
        catch (JsonException)
        {
            return new UpstreamError(null, null);
        }
    }

    /// <summary>
    /// Reads the value that the reader is at: <c>{code, type}</c>, that within <c>error</c>, or either within an array (Gemini).
    /// </summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static UpstreamError Read(ref Utf8JsonReader reader)
    {
        var error = new UpstreamError(null, null);
        if (reader.TokenType == JsonTokenType.StartArray)
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                error = Read(ref reader);
            }
        }
        else if (reader.TokenType == JsonTokenType.StartObject)
        {
            while (reader.NextProperty())
            {
                error = ReadProperty(ref reader, error);
            }
        }

        return error;
    }

    /// <summary>The word, if it is one that may be shown to users: up to 64 letters, digits, underscores, dots and hyphens, and no key.</summary>
    public static string? Token(string word) =>
        word.Length is > 0 and <= LongestToken
        && !word.AsSpan().ContainsAnyExcept(PlainCharacters)
        && !KeyBeginnings.Any(beginning => word.StartsWith(beginning, StringComparison.Ordinal)) ? word : null;

    private static UpstreamError ReadProperty(ref Utf8JsonReader reader, UpstreamError error)
    {
        if (reader.ValueTextEquals("error"u8))
        {
            reader.Read();
            var inner = Read(ref reader);
            return new UpstreamError(inner.Code ?? error.Code, inner.Type ?? error.Type);
        }

        if (reader.ValueTextEquals("code"u8))
        {
            return error with { Code = ReadToken(ref reader) ?? error.Code };
        }

        if (reader.ValueTextEquals("type"u8))
        {
            // Anthropic's envelope is of the type "error", which says nothing.
            return ReadToken(ref reader) is { } type and not "error" ? error with { Type = type } : error;
        }

        reader.Skip();
        return error;
    }

    private static string? ReadToken(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Number)
        {
            return reader.TryGetInt32(out var number) ? Token(number.ToString()) : null;
        }

        if (reader.TokenType == JsonTokenType.String)
        {
            return Token(JsonText.Read(ref reader));
        }

        reader.Skip();
        return null;
    }

    private static bool Has(string? token, string word) => token?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
