using System.Buffers;
using System.Globalization;

namespace OrleansChat.Logging;

/// <summary>
/// Writes text so that it stays on its line, and does to a terminal what text does: whoever gets words into the log, a path or the
/// name of something, cannot make them look like an entry of their own, or like nothing.
/// </summary>
internal static class PlainLine
{
    // Controls, what Unicode takes for line ends, what turns the direction of reading around, and halves of characters.
    private static readonly SearchValues<char> Special = SearchValues.Create(
        [.. Range(0x00, 0x1f), .. Range(0x7f, 0x9f), '\u061c', .. Range(0x200e, 0x200f), .. Range(0x2028, 0x202e), .. Range(0x2066, 0x2069), '\ufeff', .. Range(0xd800, 0xdfff)]);

    /// <summary>Writes the text with <c>\n</c>, <c>\r</c>, <c>\t</c> and <c>\u001b</c> for what does not belong on a line.</summary>
    public static void Write(TextWriter writer, ReadOnlySpan<char> text)
    {
        for (var at = text.IndexOfAny(Special); at >= 0; at = text.IndexOfAny(Special))
        {
            writer.Write(text[..at]);
            text = text[at..];
            var taken = text.Length > 1 && char.IsSurrogatePair(text[0], text[1]) ? 2 : 1;
            if (taken == 2)
            {
                writer.Write(text[..taken]);
            }
            else
            {
                WriteEscaped(writer, text[0]);
            }

            text = text[taken..];
        }

        writer.Write(text);
    }

    private static void WriteEscaped(TextWriter writer, char special) => writer.Write(special switch
    {
        '\n' => "\\n",
        '\r' => "\\r",
        '\t' => "\\t",
        _ => string.Create(CultureInfo.InvariantCulture, $"\\u{(int)special:x4}"),
    });

    private static IEnumerable<char> Range(int first, int last) => Enumerable.Range(first, last - first + 1).Select(code => (char)code);
}
