using System.Globalization;
using System.Text;

namespace OrleansChat.Search;

/// <summary>
/// The words of a text as search knows them: runs of letters, marks and digits, in lower case. Scripts that put no space between
/// words count by character. Pure, and the same for every store, so that all of them find the same.
/// </summary>
public static class Words
{
    /// <summary>How many characters of a word count; what comes after them is passed over.</summary>
    public const int MaxLength = 64;

    /// <summary>The words of a text in their order, with the place at which each begins.</summary>
    public static IEnumerable<(string Word, int Start)> In(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var start = -1;
        var position = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var alone = StandsAlone(rune);
            if (start >= 0 && (alone || !IsPart(rune)))
            {
                yield return (Cut(text, start, position), start);
                start = -1;
            }

            if (alone)
            {
                yield return (rune.ToString(), position);
            }
            else if (start < 0 && IsPart(rune))
            {
                start = position;
            }

            position += rune.Utf16SequenceLength;
        }

        if (start >= 0)
        {
            yield return (Cut(text, start, position), start);
        }
    }

    /// <summary>Whether a character is a word of its own: Chinese, Japanese and Thai are written without spaces.</summary>
    internal static bool StandsAlone(Rune rune) => rune.Value
        is (>= 0x0E00 and <= 0x0E4F) or (>= 0x3040 and <= 0x30FF) or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF)
        or (>= 0xF900 and <= 0xFAFF) or (>= 0x20000 and <= 0x323AF);

    private static bool IsPart(Rune rune) =>
        Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private static string Cut(string text, int start, int end)
    {
        var length = Math.Min(end - start, MaxLength);
        if (char.IsHighSurrogate(text[start + length - 1]))
        {
            length--;
        }

        return text.Substring(start, length).ToLowerInvariant();
    }
}
