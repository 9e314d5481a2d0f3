using Markdig.Parsers;
using Markdig.Syntax;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>A line of dashes after a paragraph is a line across the page, as the paragraph is no heading for it.</summary>
internal sealed class RuleParser : BlockParser
{
    private const int MinLength = 3;

    public RuleParser() => OpeningCharacters = ['-'];

    public override BlockState TryOpen(BlockProcessor processor)
    {
        var dashes = processor.Line.AsSpan().TrimEnd();
        if (processor.IsCodeIndent || processor.CurrentBlock is not ParagraphBlock || dashes.Length < MinLength || dashes.ContainsAnyExcept('-'))
        {
            return BlockState.None;
        }

        processor.NewBlocks.Push(new ThematicBreakBlock(this)
        {
            Column = processor.Column,
            Span = new SourceSpan(processor.Start, processor.Line.End),
            ThematicChar = '-',
            ThematicCharCount = dashes.Length,
        });
        return BlockState.BreakDiscard;
    }
}
