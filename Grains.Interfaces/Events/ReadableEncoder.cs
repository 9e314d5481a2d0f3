using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;

namespace OrleansChat.Events;

/// <summary>
/// Leaves text in JSON as it is, emoji included, and escapes only what JSON demands and what line readers stumble over: control
/// characters, and U+0085, U+2028 and U+2029, at which some clients split lines. For <c>application/json</c> and
/// <c>text/event-stream</c>, never for HTML. (The framework's relaxed encoder escapes everything beyond U+FFFF, which triples
/// the size of emoji.)
/// </summary>
public sealed unsafe class ReadableEncoder : JavaScriptEncoder
{
    private const string Hex = "0123456789abcdef";

    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Select(code => (char)code), '"', '\\', '\u007f', '\u0085', '\u2028', '\u2029']);

    private ReadableEncoder()
    {
    }

    /// <summary>The one instance needed.</summary>
    public static ReadableEncoder Instance { get; } = new();

    /// <inheritdoc />
    public override int MaxOutputCharactersPerInputCharacter => 6;

    /// <inheritdoc />
    public override bool WillEncode(int unicodeScalar) =>
        !Rune.IsValid(unicodeScalar) || (unicodeScalar <= char.MaxValue && Special.Contains((char)unicodeScalar));

    /// <inheritdoc />
    public override int FindFirstCharacterToEncode(char* text, int textLength)
    {
        var span = new ReadOnlySpan<char>(text, textLength);
        var special = span.IndexOfAny(Special);
        var lone = IndexOfLoneSurrogate(special < 0 ? span : span[..special]);
        return lone < 0 ? special : lone;
    }

    /// <inheritdoc />
    public override bool TryEncodeUnicodeScalar(int unicodeScalar, char* buffer, int bufferLength, out int numberOfCharactersWritten)
    {
        var output = new Span<char>(buffer, bufferLength);
        var shorthand = unicodeScalar switch
        {
            '"' => '"',
            '\\' => '\\',
            '\n' => 'n',
            '\r' => 'r',
            '\t' => 't',
            '\b' => 'b',
            '\f' => 'f',
            _ => '\0',
        };
        numberOfCharactersWritten = shorthand == '\0' ? 6 : 2;
        if (output.Length < numberOfCharactersWritten)
        {
            numberOfCharactersWritten = 0;
            return false;
        }

        output[0] = '\\';
        output[1] = shorthand == '\0' ? 'u' : shorthand;
        for (var i = 2; i < numberOfCharactersWritten; i++)
        {
            output[i] = Hex[(unicodeScalar >> (4 * (5 - i))) & 15];
        }

        return true;
    }

    /// <summary>Whether text is in JSON as it is: nothing in it has to be escaped, and every pair of surrogates is whole.</summary>
    internal static bool IsPlain(ReadOnlySpan<char> text) => text.IndexOfAny(Special) < 0 && IndexOfLoneSurrogate(text) < 0;

    private static int IndexOfLoneSurrogate(ReadOnlySpan<char> text)
    {
        for (var i = text.IndexOfAnyInRange('\uD800', '\uDFFF'); i >= 0 && i < text.Length;)
        {
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return i;
            }

            var next = text[(i + 2)..].IndexOfAnyInRange('\uD800', '\uDFFF');
            i = next < 0 ? -1 : i + 2 + next;
        }

        return -1;
    }
}
