namespace OrleansChat.Search;

/// <summary>A piece of a text to show beside what was found in it.</summary>
public static class Snippet
{
    /// <summary>How long it is at most, in UTF-16 characters, without the marks of omission.</summary>
    public const int MaxLength = 160;

    private const int Before = 40;

    /// <summary>The piece around a place, on one line, with an ellipsis where the text goes on.</summary>
    public static string Around(string text, int place)
    {
        ArgumentNullException.ThrowIfNull(text);
        var start = place <= Before ? 0 : Whole(text, place - Before);
        var end = text.Length - start <= MaxLength ? text.Length : Whole(text, start + MaxLength);
        var piece = text[start..end].ReplaceLineEndings(" ").Trim();
        return $"{(start > 0 ? "…" : "")}{piece}{(end < text.Length ? "…" : "")}";
    }

    // Never between the halves of a character.
    private static int Whole(string text, int place) => char.IsLowSurrogate(text[place]) ? place + 1 : place;
}
