using System.Buffers;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Syntax;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>Code, scrolled by itself, also with the keyboard; with its language as a class, where that looks like one.</summary>
internal sealed class CodeRenderer : HtmlObjectRenderer<CodeBlock>
{
    private const int MaxLanguage = 32;

    private static readonly SearchValues<char> OfLanguages = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789+#.-");

    /// <summary>What code begins with.</summary>
    /// <param name="info">What was said of it; null for nothing.</param>
    public static string Begin(string? info)
    {
#pragma warning disable CA1308 // Lower case is what the names of languages are in.
        var language = info?.ToLowerInvariant();
#pragma warning restore CA1308
        return language is { Length: > 0 and <= MaxLanguage } && !language.AsSpan().ContainsAnyExcept(OfLanguages)
            ? $"<pre tabindex=\"0\"><code class=\"language-{language}\">"
            : "<pre tabindex=\"0\"><code>";
    }

    /// <summary>What code ends with.</summary>
    public const string End = "</code></pre>\n";

    protected override void Write(HtmlRenderer renderer, CodeBlock obj)
    {
        renderer.EnsureLine();
        renderer.Write(Begin((obj as FencedCodeBlock)?.Info));
        renderer.WriteLeafRawLines(obj, writeEndOfLines: true, escape: true);
        renderer.Write(End.AsSpan());
    }
}
