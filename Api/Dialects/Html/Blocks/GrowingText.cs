namespace OrleansChat.Dialects.Html.Blocks;

/// <summary>A text that is only ever appended to, told in lines as they are completed.</summary>
internal sealed class GrowingText
{
    private char[] characters = [];
    private int scanned;

    /// <summary>How long it is.</summary>
    public int Length { get; private set; }

    /// <summary>Where the last line begins, which may go on.</summary>
    public int LineStart { get; private set; }

    /// <summary>A piece of it.</summary>
    public ReadOnlySpan<char> this[TextRange range] => characters.AsSpan(range.Start, range.End - range.Start);

    /// <summary>Appends.</summary>
    public void Append(ReadOnlySpan<char> text)
    {
        if (Length + text.Length > characters.Length)
        {
            Array.Resize(ref characters, Math.Max(Length + text.Length, characters.Length * 2));
        }

        text.CopyTo(characters.AsSpan(Length));
        Length += text.Length;
    }

    /// <summary>The next line that is complete: CR, LF or both end one. Its range has no line break; the next one starts at <see cref="LineStart"/>.</summary>
    public bool TryReadLine(out TextRange line)
    {
        line = default;
        var found = characters.AsSpan(scanned, Length - scanned).IndexOfAny('\n', '\r');
        var end = scanned + found;
        if (found < 0 || (characters[end] == '\r' && end + 1 == Length))
        {
            // After a CR the LF may be still to come.
            scanned = found < 0 ? Length : end;
            return false;
        }

        line = new TextRange(LineStart, end);
        var isPair = characters[end] == '\r' && characters[end + 1] == '\n';
        LineStart = scanned = end + (isPair ? 2 : 1);
        return true;
    }

    /// <summary>The last line as if it were complete; false where there is nothing of it.</summary>
    public bool TryReadRest(out TextRange line)
    {
        var end = Length > LineStart && characters[Length - 1] == '\r' ? Length - 1 : Length;
        line = new TextRange(LineStart, end);
        var isSome = Length > LineStart;
        LineStart = scanned = Length;
        return isSome;
    }
}
