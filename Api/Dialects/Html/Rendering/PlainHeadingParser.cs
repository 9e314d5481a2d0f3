using Markdig.Parsers;
using Markdig.Syntax;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>Headings, with what is in them if that is not too much.</summary>
internal sealed class PlainHeadingParser : HeadingBlockParser
{
    public override bool Close(BlockProcessor processor, Block block)
    {
        var stays = base.Close(processor, block);
        InlineLimits.Apply((LeafBlock)block);
        return stays;
    }
}
