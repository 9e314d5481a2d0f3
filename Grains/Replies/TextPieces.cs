namespace OrleansChat.Replies;

/// <summary>Keeps surrogate pairs together: a model may send the halves of one character in two pieces.</summary>
internal sealed class TextPieces
{
    private char held;

    /// <summary>The piece to pass on now: what was held, then <paramref name="piece"/> without a half pair at its end; may be empty.</summary>
    public string Next(string piece)
    {
        if (piece.Length == 0)
        {
            return "";
        }

        if (held != '\0')
        {
            piece = held + piece;
            held = '\0';
        }

        if (!char.IsHighSurrogate(piece[^1]))
        {
            return piece;
        }

        held = piece[^1];
        return piece[..^1];
    }

    /// <summary>What is left at the end: half a pair becomes the replacement character.</summary>
    public string Last() => held == '\0' ? "" : "\uFFFD";
}
