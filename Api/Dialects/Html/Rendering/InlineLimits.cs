using System.Buffers;
using Markdig.Syntax;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>
/// What is read within one paragraph at most. The time for marks that open and never close grows with their square, and a table has
/// as many columns in every row as in its longest: nobody writes so many, but to have a server busy. Such a paragraph is shown as it stands.
/// </summary>
internal static class InlineLimits
{
    private const int MaxMarks = 1000;
    private const int MaxCells = 20_000;

    private static readonly SearchValues<char> Marks = SearchValues.Create("*_~[]!`<");

    /// <summary>Has a paragraph, or a heading, shown as it stands if there is too much in it.</summary>
    public static void Apply(LeafBlock leaf)
    {
        var (marks, columns, lines) = (0, 1, leaf.Lines.Count);
        for (var i = 0; i < lines; i++)
        {
            var line = leaf.Lines.Lines[i].Slice.AsSpan();
            columns = Math.Max(columns, line.Count('|') + 1);
            for (var next = line.IndexOfAny(Marks); next >= 0 && marks <= MaxMarks; next = line.IndexOfAny(Marks))
            {
                marks++;
                line = line[(next + 1)..];
            }
        }

        if (marks > MaxMarks || (columns > 1 && columns * (long)lines > MaxCells))
        {
            leaf.ProcessInlines = false;
        }
    }
}
