using System.Text.Json;
using System.Text.Unicode;
using OrleansChat.Errors;

namespace OrleansChat.Requests;

/// <summary>
/// Reads a body that is to be JSON, and sees to it that all of it is text, also where nobody here looks into it. The parser would pass over
/// bytes that are no UTF-8, and over escapes of half a surrogate pair, until somebody asks for the text that they are not.
/// </summary>
internal static class JsonBody
{
    /// <summary>Reads all of a body.</summary>
    /// <exception cref="InvalidRequestException">Some of it is no text.</exception>
    /// <inheritdoc cref="WholeBody.ReadAsync" path="/exception"/>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request)
    {
        var bytes = (await WholeBody.ReadAsync(request)).Bytes();
        var json = bytes.Span.StartsWith("\uFEFF"u8) ? bytes["\uFEFF"u8.Length..] : bytes;
        if (!Utf8.IsValid(json.Span))
        {
            throw RequestReading.Invalid("The body is not UTF-8.");
        }

        if (MayHaveSurrogates(json.Span) && FindHalfPair(json.Span) is { } place)
        {
            throw RequestReading.Invalid($"The body escapes one half of a surrogate pair without the other, which is no text: in the text at byte {place}.");
        }

        return json;
    }

    // A look that costs next to nothing for the many bodies without such escapes.
    private static bool MayHaveSurrogates(ReadOnlySpan<byte> json)
    {
        for (var at = json.IndexOf("\\u"u8); at >= 0; at = json.IndexOf("\\u"u8))
        {
            json = json[(at + 2)..];
            if (json is [(byte)'d' or (byte)'D', ..])
            {
                return true;
            }
        }

        return false;
    }

    private static long? FindHalfPair(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                {
                    reader.GetString();
                }
            }
        }
        catch (InvalidOperationException)
        {
            return reader.TokenStartIndex;
        }
        catch (JsonException)
        {
            // No JSON at all, which whoever reads it next says better.
        }

        return null;
    }
}
