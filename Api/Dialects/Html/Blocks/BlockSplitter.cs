using Markdig.Helpers;
using Markdig.Parsers;
using Markdig.Syntax;
using OrleansChat.Dialects.Html.Rendering;

namespace OrleansChat.Dialects.Html.Blocks;

/// <summary>
/// Finds where the top-level blocks of a growing Markdown text end. Every line is looked at once, by Markdig's own parser, so that the
/// cost of a text grows with its length and not with how it comes. What is finished depends on the text so far alone, not on
/// the pieces that it came in, and stays as it is whatever comes later.
/// </summary>
/// <param name="markdown">How the text is read.</param>
internal sealed class BlockSplitter(SafeMarkdown markdown)
{
    private readonly GrowingText text = new();
    private readonly List<TextRange> finished = [];

    // Where those start that are nested too deeply to be read; hardly ever any.
    private readonly HashSet<int> plainBlocks = [];
    private MarkdownDocument? document;
    private BlockProcessor? processor;
    private bool isPlain;

    /// <summary>The text.</summary>
    public GrowingText Text => text;

    /// <summary>How it is read.</summary>
    public SafeMarkdown Markdown => markdown;

    /// <summary>The blocks that are finished, each up to where the next one starts.</summary>
    public IReadOnlyList<TextRange> Finished => finished;

    /// <summary>Where what is not finished starts.</summary>
    public int OpenStart { get; private set; }

    /// <summary>The code that is all of what is not finished, between fences at the margin; null for anything else.</summary>
    public FencedCodeBlock? OpenCode => IsInCode && document is [FencedCodeBlock { IndentCount: 0 } code] ? code : null;

    private bool IsInCode => document is [FencedCodeBlock code] && processor!.IsOpen(code);

    /// <summary>Appends a piece of the text.</summary>
    public void Append(ReadOnlySpan<char> piece)
    {
        text.Append(piece);
        while (text.TryReadLine(out var line))
        {
            Take(line, text.LineStart);
        }
    }

    /// <summary>The text has ended: everything is finished.</summary>
    public void Finish()
    {
        if (text.TryReadRest(out var line))
        {
            Take(line, text.LineStart);
        }

        End(text.Length);
    }

    /// <summary>The beginning of the text as a whole text of its own.</summary>
    /// <param name="length">Its length.</param>
    public BlockSplitter Cut(int length)
    {
        var cut = new BlockSplitter(markdown);
        cut.Append(text[new TextRange(0, length)]);
        cut.Finish();
        return cut;
    }

    /// <summary>How many finished blocks at the beginning this text, which is the beginning of another one, has in common with it.</summary>
    public int CommonWith(BlockSplitter whole) => finished.Zip(whole.finished).TakeWhile(pair => pair.First == pair.Second).Count();

    /// <summary>The HTML of a block, or of what is not finished.</summary>
    public string Render(TextRange block)
    {
        var source = text[block].ToString();
        var isTooDeep = block.End > text.LineStart && !IsInCode && Nesting.IsTooDeep(text[new TextRange(text.LineStart, block.End)]);
        return isTooDeep || plainBlocks.Contains(block.Start) ? HtmlText.Render(source) : markdown.Render(source);
    }

    private void Take(TextRange line, int next)
    {
        var content = text[line];
        if (document is null && !isPlain && content.IsWhiteSpace())
        {
            OpenStart = next;
            return;
        }

        if (isPlain)
        {
            if (content.IsWhiteSpace())
            {
                End(next);
            }

            return;
        }

        if ((!IsInCode && Nesting.IsTooDeep(content)) || !TryProcess(content))
        {
            (isPlain, document, processor) = (true, null, null);
            plainBlocks.Add(OpenStart);
            return;
        }

        if (document!.Count > 1)
        {
            // Another block has begun. It is read anew, by itself, as it will be rendered.
            End(line.Start);
            Take(line, next);
        }
        else if (document is [var only] && !processor!.IsOpen(only))
        {
            End(next);
        }
    }

    private bool TryProcess(ReadOnlySpan<char> line)
    {
        if (processor is null)
        {
            document = [];
            processor = new BlockProcessor(document, markdown.BlockParsers, context: null);
        }

        try
        {
            // The newline matters to nobody, but its absence does.
            processor.ProcessLine(new StringSlice(line.ToString().Replace('\0', '\uFFFD'), NewLine.LineFeed));
            return true;
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            return false;
        }
    }

    private void End(int end)
    {
        if (document is { Count: > 0 } || isPlain)
        {
            finished.Add(new TextRange(OpenStart, end));
        }

        OpenStart = end;
        (isPlain, document, processor) = (false, null, null);
    }
}
