using Markdig.Parsers;
using Markdig.Syntax;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>
/// Paragraphs that are nothing else. In CommonMark a paragraph can turn out to define links for the whole text, also for what was
/// rendered long before it, or to be a heading, when the line after it comes.
/// </summary>
internal sealed class PlainParagraphParser : ParagraphBlockParser
{
    public PlainParagraphParser() => ParseSetextHeadings = false;

    public override bool Close(BlockProcessor processor, Block block)
    {
        if (block is not ParagraphBlock paragraph)
        {
            return true;
        }

        var lines = paragraph.Lines;
        for (var i = 0; i < lines.Count; i++)
        {
            lines.Lines[i].Slice.TrimStart();
        }

        if (lines.Count > 0)
        {
            lines.Lines[lines.Count - 1].Slice.TrimEnd();
        }

        InlineLimits.Apply(paragraph);
        return lines.Count > 0;
    }
}
