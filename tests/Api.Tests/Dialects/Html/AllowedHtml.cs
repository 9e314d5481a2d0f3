using AngleSharp.Dom;
using AngleSharp.Html.Parser;

namespace OrleansChat.Api.Tests.Dialects.Html;

/// <summary>The list of what may be in rendered HTML, written down independently of what renders it, and checked with a real parser.</summary>
internal static class AllowedHtml
{
    private static readonly HashSet<string> Elements =
    [
        "p", "h3", "h4", "h5", "h6", "blockquote", "ul", "ol", "li", "hr", "pre", "code", "em", "strong", "del", "br", "a", "table", "thead", "tbody", "tr", "th", "td", "div", "span",
    ];

    // An element like those in which a page puts it; made once, as there is much to check.
    [ThreadStatic]
    private static IElement? message;

    /// <summary>What is in some HTML that is not allowed.</summary>
    public static IReadOnlyList<string> Errors(string html)
    {
        message ??= new HtmlParser().ParseDocument("<body><div id=message></div>").GetElementById("message")!;
        message.InnerHtml = html;
        var errors = new List<string>();
        foreach (var node in message.Descendants())
        {
            if (node is IElement element)
            {
                errors.AddRange(Errors(element));
            }
            else if (node is not IText)
            {
                errors.Add($"{node.NodeType}: {node.TextContent}");
            }
        }

        return errors;
    }

    private static IEnumerable<string> Errors(IElement element)
    {
        if (!Elements.Contains(element.LocalName) || element.NamespaceUri != "http://www.w3.org/1999/xhtml")
        {
            yield return $"<{element.LocalName}>";
        }

        foreach (var attribute in element.Attributes.Where(attribute => !IsAllowed(element, attribute.Name, attribute.Value)))
        {
            yield return $"<{element.LocalName} {attribute.Name}=\"{attribute.Value}\">";
        }

        if (element.LocalName == "a" && element.Attributes.Length != 3)
        {
            yield return $"a link with {element.Attributes.Length} attributes";
        }
    }

    private static bool IsAllowed(IElement element, string name, string value) => (element.LocalName, name) switch
    {
        ("a", "href") => IsAddress(value),
        ("a", "rel") => value == "noopener noreferrer nofollow",
        ("a", "target") => value == "_blank",
        ("code", "class") => IsLanguage(value),
        ("ol", "start") => value.All(char.IsAsciiDigit),
        ("th" or "td", "class") => value is "align-left" or "align-center" or "align-right",
        ("div", "class") => value == "table-scroll",
        ("div" or "pre", "tabindex") => value == "0",
        ("span", "class") => value == "task",
        ("span", "role") => value == "img",
        ("span", "aria-label") => value is "done" or "to do",
        _ => false,
    };

    // The scheme that a browser sees: what the address standard strips is stripped, and what remains must be in it literally.
    private static bool IsAddress(string value)
    {
        var scheme = value[..(value.IndexOf(':', StringComparison.Ordinal) + 1)];
        return (scheme is "http:" or "https:" ? value.StartsWith(scheme + "//", StringComparison.Ordinal) : scheme == "mailto:") && !value.Any(char.IsControl) && !value.Contains(' ', StringComparison.Ordinal);
    }

    private static bool IsLanguage(string value) =>
        value.StartsWith("language-", StringComparison.Ordinal) && value.Length is > 9 and <= 41 && value[9..].All(c => c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '+' or '#' or '.' or '-');
}
