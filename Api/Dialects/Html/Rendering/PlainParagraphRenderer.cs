using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>Paragraphs.</summary>
internal sealed class PlainParagraphRenderer : HtmlObjectRenderer<ParagraphBlock>
{
    /// <summary>Writes what is in a paragraph or a heading: read, or as it stands.</summary>
    public static void WriteContent(HtmlRenderer renderer, LeafBlock leaf)
    {
        if (leaf.ProcessInlines)
        {
            renderer.WriteLeafInline(leaf);
        }
        else
        {
            renderer.Write(HtmlText.Escape(leaf.Lines.ToString()));
        }
    }

    protected override void Write(HtmlRenderer renderer, ParagraphBlock obj)
    {
        // In the items of a tight list they are not told apart.
        if (renderer.ImplicitParagraph)
        {
            WriteContent(renderer, obj);
            return;
        }

        if (!renderer.IsFirstInContainer)
        {
            renderer.EnsureLine();
        }

        renderer.Write("<p>");
        WriteContent(renderer, obj);
        renderer.Write("</p>\n".AsSpan());
    }
}
