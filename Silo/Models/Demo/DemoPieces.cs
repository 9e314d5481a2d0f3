using System.Buffers;
using System.Text;

namespace OrleansChat.Models.Demo;

/// <summary>
/// Cuts text into pieces about as a tokenizer does: a word of at most eight letters with the space before it, or one other
/// character. An emoji that is made of several code points comes in several pieces, as it does from real models; a surrogate
/// pair is never cut.
/// </summary>
internal static class DemoPieces
{
    private const int LongestWord = 8;

    /// <summary>The pieces of <paramref name="text"/>, which together are the text.</summary>
    public static IEnumerable<string> Split(string text)
    {
        for (var start = 0; start < text.Length;)
        {
            var length = NextLength(text.AsSpan(start));
            yield return text.Substring(start, length);
            start += length;
        }
    }

    /// <summary>How many pieces <paramref name="text"/> has.</summary>
    public static int Count(ReadOnlySpan<char> text)
    {
        var count = 0;
        for (; !text.IsEmpty; text = text[NextLength(text)..])
        {
            count++;
        }

        return count;
    }

    private static int NextLength(ReadOnlySpan<char> text)
    {
        var length = text[0] == ' ' && text.Length > 1 ? 1 : 0;
        for (var letters = 0; letters < LongestWord && length < text.Length; letters++)
        {
            var isWhole = Rune.DecodeFromUtf16(text[length..], out var rune, out var units) == OperationStatus.Done;
            if (isWhole && Rune.IsLetterOrDigit(rune))
            {
                length += units;
            }
            else
            {
                return letters > 0 ? length : length + units;
            }
        }

        return length;
    }
}
