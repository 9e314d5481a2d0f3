using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>Headings below those of the page that they are on.</summary>
internal sealed class LowerHeadingRenderer : HtmlObjectRenderer<HeadingBlock>
{
    private const int OfThePage = 2;
    private const int Lowest = 6;

    protected override void Write(HtmlRenderer renderer, HeadingBlock obj)
    {
        var level = Math.Min(obj.Level + OfThePage, Lowest);
        renderer.EnsureLine();
        renderer.Write($"<h{level}>");
        PlainParagraphRenderer.WriteContent(renderer, obj);
        renderer.Write($"</h{level}>\n".AsSpan());
    }
}
