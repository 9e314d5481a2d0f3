using Markdig.Renderers;
using Markdig.Syntax.Inlines;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>Writes links; every one leads away from the page, and tells nobody where from.</summary>
internal static class Anchor
{
    /// <summary>Begins a link, if the address is one to lead to, and it is in no other link; false if not.</summary>
    public static bool TryBegin(HtmlRenderer renderer, Inline inline, string? url)
    {
        if (IsWithinLink(inline) || !WebAddress.TryRead(url, out var address))
        {
            return false;
        }

        renderer.Write("<a href=\"");
        renderer.Write(HtmlText.Escape(address));
        renderer.Write("\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">");
        return true;
    }

    /// <summary>Ends it.</summary>
    public static void End(HtmlRenderer renderer) => renderer.Write("</a>");

    private static bool IsWithinLink(Inline inline)
    {
        for (var outer = inline.Parent; outer is not null; outer = outer.Parent)
        {
            if (outer is LinkInline)
            {
                return true;
            }
        }

        return false;
    }
}
