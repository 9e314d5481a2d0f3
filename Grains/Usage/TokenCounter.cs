using System.Text;

namespace OrleansChat.Usage;

/// <summary>
/// Estimates how many tokens a text is, for any model: its UTF-8 bytes divided by four, about what tokenizers make of English and of code,
/// but one token for each character of Chinese, Japanese and Korean. Rounded up. Off by a quarter either way is usual, by half possible; in exchange
/// it needs no table, and the same text is always the same number.
/// </summary>
internal struct TokenCounter
{
    private long quarters;

    /// <summary>The tokens of all that was added.</summary>
    public readonly long Tokens => (quarters + 3) / 4;

    /// <summary>The tokens of a text.</summary>
    public static long Count(ReadOnlySpan<char> text)
    {
        var counter = default(TokenCounter);
        counter.Add(text);
        return counter.Tokens;
    }

    /// <summary>Adds a piece of a text; where it is cut makes no difference.</summary>
    public void Add(ReadOnlySpan<char> piece)
    {
        // Most pieces are, and this looks at many characters at once.
        if (Ascii.IsValid(piece))
        {
            quarters += piece.Length;
            return;
        }

        foreach (var c in piece)
        {
            quarters += QuartersOf(c);
        }
    }

    private static int QuartersOf(char c) => c switch
    {
        < '\u0080' => 1,
        < '\u0800' => 2,

        // Half of what takes four bytes.
        _ when char.IsSurrogate(c) => 2,

        // Jamo; radicals, kana, ideographs, Yi; syllables; compatibility; full and half width.
        (>= '\u1100' and <= '\u11FF') or (>= '\u2E80' and <= '\uA4CF') or (>= '\uAC00' and <= '\uD7AF')
            or (>= '\uF900' and <= '\uFAFF') or (>= '\uFF00' and <= '\uFFEF') => 4,
        _ => 3,
    };
}
