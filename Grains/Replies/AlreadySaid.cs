namespace OrleansChat.Replies;

/// <summary>Leaves out, of a text that is told again from its beginning, what the journal has of it already.</summary>
/// <param name="text">What the journal has.</param>
internal sealed class AlreadySaid(string text)
{
    private int position;

    /// <summary>Whether all that the journal has was told again.</summary>
    public bool IsOver => position == text.Length;

    /// <summary>The part of the next piece that is new; may be empty. Null where the piece is not what was said at that place.</summary>
    public string? Next(string piece)
    {
        if (IsOver)
        {
            return piece;
        }

        var length = Math.Min(piece.Length, text.Length - position);
        if (string.CompareOrdinal(text, position, piece, 0, length) != 0)
        {
            return null;
        }

        position += length;
        return piece[length..];
    }
}
