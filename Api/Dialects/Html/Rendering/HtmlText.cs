using System.Buffers;
using System.Text;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>Text as HTML that shows it as it is.</summary>
internal static class HtmlText
{
    private static readonly SearchValues<char> Special = SearchValues.Create("<>&\"\0");

    /// <summary>A paragraph with the text, line by line.</summary>
    public static string Render(string text) =>
        $"<p>{string.Join("<br />\n", WithoutHalves(text).ReplaceLineEndings("\n").TrimEnd().Split('\n').Select(Escape))}</p>\n";

    /// <summary>The text with what HTML takes for its own escaped: good between tags, and in attributes in double quotes.</summary>
    public static string Escape(string text) => text.AsSpan().IndexOfAny(Special) < 0 ? text
        : text.Replace("&", "&amp;", StringComparison.Ordinal)
            .Replace("<", "&lt;", StringComparison.Ordinal)
            .Replace(">", "&gt;", StringComparison.Ordinal)
            .Replace("\"", "&quot;", StringComparison.Ordinal)
            .Replace('\0', '\uFFFD');

    /// <summary>The text with U+FFFD for halves of surrogate pairs, of which JSON knows nothing; entities can spell them.</summary>
    public static string WithoutHalves(string text) =>
        text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
}
