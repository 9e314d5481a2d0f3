namespace OrleansChat.Dialects.Html.Blocks;

/// <summary>Tells lines that open more containers than anybody means.</summary>
internal static class Nesting
{
    // More than people and models use by far, and few enough that reading each line of a block for each of them costs nothing.
    private const int MaxOpenings = 40;

    /// <summary>Whether a line starts with too many marks of quotes and lists.</summary>
    public static bool IsTooDeep(ReadOnlySpan<char> line)
    {
        var openings = 0;
        for (var i = 0; i < line.Length; i++)
        {
            var isEnded = i + 1 == line.Length || line[i + 1] is ' ' or '\t';
            switch (line[i])
            {
                case '>':
                case '-' or '*' or '+' or '.' or ')' when isEnded:
                    openings++;
                    break;
                case ' ' or '\t' or (>= '0' and <= '9'):
                    break;
                default:
                    return openings > MaxOpenings;
            }
        }

        return openings > MaxOpenings && !IsRule(line);
    }

    // A line across the page is made of any number of such marks, of one kind.
    private static bool IsRule(ReadOnlySpan<char> line)
    {
        var marks = line.Trim();
        return marks[0] is '-' or '*' && !marks.ContainsAnyExcept(marks[0], ' ', '\t');
    }
}
