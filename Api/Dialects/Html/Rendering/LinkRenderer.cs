using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>Links, and images as links with their description: what a message names is fetched when somebody clicks, and not before.</summary>
internal sealed class LinkRenderer : HtmlObjectRenderer<LinkInline>
{
    protected override void Write(HtmlRenderer renderer, LinkInline obj)
    {
        var isLink = Anchor.TryBegin(renderer, obj, obj.GetDynamicUrl?.Invoke() ?? obj.Url);
        if (obj.FirstChild is null)
        {
            renderer.WriteEscape(obj.Url);
        }
        else
        {
            renderer.WriteChildren(obj);
        }

        if (isLink)
        {
            Anchor.End(renderer);
        }
    }
}
