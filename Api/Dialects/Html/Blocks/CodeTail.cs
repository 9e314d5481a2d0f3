using Markdig.Syntax;

namespace OrleansChat.Dialects.Html.Blocks;

/// <summary>Code between fences that still grows, which is shown as it stands, but for a line that may turn out to be the closing fence.</summary>
internal static class CodeTail
{
    /// <summary>Where the code starts: behind the line of the opening fence.</summary>
    public static int StartOf(BlockSplitter blocks)
    {
        var rest = blocks.Text[new TextRange(blocks.OpenStart, blocks.Text.LineStart)];
        var end = rest.IndexOfAny('\n', '\r');
        var isPair = end + 1 < rest.Length && rest[end] == '\r' && rest[end + 1] == '\n';
        return blocks.OpenStart + end + (isPair ? 2 : 1);
    }

    /// <summary>Up to where it can be shown.</summary>
    public static int EndOf(BlockSplitter blocks, FencedCodeBlock code)
    {
        var line = blocks.Text[new TextRange(blocks.Text.LineStart, blocks.Text.Length)];
        var isMaybeFence = line.TrimStart(' ').TrimStart(code.FencedChar).IsWhiteSpace();
        return isMaybeFence ? blocks.Text.LineStart
            : line[^1] == '\r' ? blocks.Text.Length - 1
            : blocks.Text.Length;
    }

    /// <summary>The code between two places, with its line breaks as they will be.</summary>
    public static string Read(BlockSplitter blocks, int start, int end) => end <= start ? ""
        : blocks.Text[new TextRange(start, end)].ToString()
            .Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Replace('\0', '\uFFFD');
}
