using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax.Inlines;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>Addresses in angle brackets.</summary>
internal sealed class AutolinkRenderer : HtmlObjectRenderer<AutolinkInline>
{
    protected override void Write(HtmlRenderer renderer, AutolinkInline obj)
    {
        var isLink = Anchor.TryBegin(renderer, obj, obj.IsEmail ? $"mailto:{obj.Url}" : obj.Url);
        renderer.WriteEscape(obj.Url);
        if (isLink)
        {
            Anchor.End(renderer);
        }
    }
}
