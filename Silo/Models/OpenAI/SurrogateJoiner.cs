using System.Text;

namespace OrleansChat.Models.OpenAI;

/// <summary>
/// Makes well-formed UTF-16 out of a stream of texts that may be cut within a surrogate pair: keeps the first half until the
/// second comes, and replaces a half that stays alone by U+FFFD.
/// </summary>
internal struct SurrogateJoiner
{
    private char? first;

    /// <summary>The part of the stream that is complete after <paramref name="text"/>; may be empty.</summary>
    public string Add(string text)
    {
        if (text.Length == 0 || (first is null && IsWellFormed(text)))
        {
            return text;
        }

        text = first + text;
        first = null;
        if (char.IsHighSurrogate(text[^1]))
        {
            first = text[^1];
            text = text[..^1];
        }

        return Repair(text);
    }

    /// <summary>What remains when the stream ends: U+FFFD or nothing.</summary>
    public string End()
    {
        var rest = first is null ? "" : Rune.ReplacementChar.ToString();
        first = null;
        return rest;
    }

    private static bool IsWellFormed(string text)
    {
        // Vectorized, and nearly every text has no surrogates at all.
        var rest = text.AsSpan();
        for (var at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'); at >= 0; at = rest.IndexOfAnyInRange('\uD800', '\uDFFF'))
        {
            if (at + 1 == rest.Length || !char.IsSurrogatePair(rest[at], rest[at + 1]))
            {
                return false;
            }

            rest = rest[(at + 2)..];
        }

        return true;
    }

    private static string Repair(string text)
    {
        var repaired = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            repaired.Append(rune);
        }

        return repaired.ToString();
    }
}
