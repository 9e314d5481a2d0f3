using Markdig.Syntax;
using OrleansChat.Dialects.Html.Rendering;

namespace OrleansChat.Dialects.Html.Blocks;

/// <summary>
/// What one reader has been told of what is not finished yet, and what to tell him next. Code between fences is appended to; anything
/// else is rendered again, the longer it is the more seldom, so that all of it together costs no more than a multiple of its length.
/// </summary>
/// <param name="blocks">The text.</param>
internal sealed class OpenBlock(BlockSplitter blocks)
{
    // Up to here a text is rendered again for every piece: a few paragraphs, in less than 0.2 ms.
    private const int ShortText = 4096;

    // A longer one when it has grown by this part of its length: every character is then rendered about this often.
    private const int Parts = 64;

    private int start = -1;
    private int told;
    private string html = "";
    private FencedCodeBlock? code;

    /// <summary>Whether there is enough news to tell them.</summary>
    public bool IsDue(bool force)
    {
        var grown = blocks.Text.Length - told;
        var length = blocks.Text.Length - blocks.OpenStart;
        return start != blocks.OpenStart || (grown > 0 && (force || blocks.OpenCode is not null || length <= ShortText || grown >= length / Parts));
    }

    /// <summary>What is to be told now; null for nothing.</summary>
    public OpenChange? Take()
    {
        var isSame = start == blocks.OpenStart;
        start = blocks.OpenStart;
        return blocks.OpenCode is { } current ? TakeCode(current, isSame) : TakeHtml(isSame);
    }

    private OpenChange? TakeHtml(bool isSame)
    {
        var before = isSame && code is null ? html : "";
        (code, told) = (null, blocks.Text.Length);
        var rest = new TextRange(blocks.OpenStart, blocks.Text.Length);
        html = blocks.Text[rest].IsWhiteSpace() ? "" : blocks.Render(rest);
        var keep = before.AsSpan().CommonPrefixLength(html);
        if (keep == before.Length && keep == html.Length)
        {
            return null;
        }

        // JSON has no halves of surrogate pairs.
        keep -= keep > 0 && char.IsHighSurrogate(html[keep - 1]) ? 1 : 0;
        return new OpenChange(keep, html[keep..], null);
    }

    private OpenChange? TakeCode(FencedCodeBlock current, bool isSame)
    {
        var isNew = !isSame || code != current;
        if (isNew)
        {
            code = current;
            told = CodeTail.StartOf(blocks);
        }

        var end = CodeTail.EndOf(blocks, current);
        var news = CodeTail.Read(blocks, told, end);
        told = Math.Max(told, end);
        html = "";
        return isNew ? new OpenChange(0, CodeRenderer.Begin(current.Info) + HtmlText.Escape(news) + CodeRenderer.End, null)
            : news.Length > 0 ? new OpenChange(0, "", news)
            : null;
    }
}
