using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace OrleansChat.Models.OpenAI;

/// <summary>
/// Reads JSON strings as models send them. <see cref="Utf8JsonReader.GetString"/> throws for half a surrogate pair, which is what
/// remains where a server escapes UTF-16 units and cuts between them.
/// </summary>
internal static class JsonText
{
    private const int StackLimit = 256;

    /// <summary>The current string. A <c>\u</c> escape of half a surrogate pair stays half a pair; bytes that are no UTF-8 become U+FFFD.</summary>
    public static string Read(ref Utf8JsonReader reader)
    {
        Debug.Assert(reader.TokenType == JsonTokenType.String && !reader.HasValueSequence, "Only strings out of one span are read.");
        return reader.ValueIsEscaped ? Unescape(reader.ValueSpan) : Encoding.UTF8.GetString(reader.ValueSpan);
    }

    private static string Unescape(ReadOnlySpan<byte> json)
    {
        // Neither an escape nor UTF-8 has more UTF-16 units than bytes.
        var rented = json.Length > StackLimit ? ArrayPool<char>.Shared.Rent(json.Length) : null;
        var text = rented ?? stackalloc char[StackLimit];
        var length = 0;
        while (!json.IsEmpty)
        {
            var escape = json.IndexOf((byte)'\\');
            var plain = escape < 0 ? json : json[..escape];
            length += Encoding.UTF8.GetChars(plain, text[length..]);
            json = json[plain.Length..];
            if (escape >= 0)
            {
                text[length++] = ReadEscape(json, out var consumed);
                json = json[consumed..];
            }
        }

        var result = new string(text[..length]);
        if (rented is not null)
        {
            ArrayPool<char>.Shared.Return(rented);
        }

        return result;
    }

    // The reader has checked that what follows the backslash is an escape.
    private static char ReadEscape(ReadOnlySpan<byte> json, out int consumed)
    {
        consumed = 2;
        switch (json[1])
        {
            case (byte)'n': return '\n';
            case (byte)'t': return '\t';
            case (byte)'r': return '\r';
            case (byte)'b': return '\b';
            case (byte)'f': return '\f';
            case (byte)'u':
                consumed = 6;
                return (char)ushort.Parse(json.Slice(2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
            default: return (char)json[1];
        }
    }
}
