namespace OrleansChat.Models.Anthropic;

/// <summary>
/// The API refuses a text to be continued that ends in white space, so that is taken off; a model that begins by writing it again must
/// not have it counted twice.
/// </summary>
/// <param name="trimmed">What was taken off.</param>
internal struct PrefillEnd(string trimmed)
{
    private string? left = trimmed.Length == 0 ? null : trimmed;

    /// <summary>The text to be continued as it may be sent, and the white space taken off its end.</summary>
    public static (string Text, string Trimmed) Trim(string text)
    {
        var kept = text.TrimEnd();
        return (kept, text[kept.Length..]);
    }

    /// <summary>What is new of the next piece of the continuation; may be empty.</summary>
    public string Next(string piece)
    {
        if (left is null || piece.Length == 0)
        {
            return piece;
        }

        var same = piece.AsSpan().CommonPrefixLength(left);
        left = same == piece.Length && same < left.Length ? left[same..] : null;
        return piece[same..];
    }
}
