using Markdig;
using Markdig.Extensions.AutoLinks;
using Markdig.Extensions.EmphasisExtras;
using Markdig.Parsers;
using Markdig.Renderers;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>
/// Markdown as it is rendered here: CommonMark with tables, task lists, strikethrough and bare links, without raw HTML, link reference
/// definitions and underlined headings. Without the last two, what a block is rendered to depends on nothing that comes after it.
/// </summary>
internal sealed class SafeMarkdown
{
    // What the renderers keep of it is thrown away above this, so that one long message does not stay in memory.
    private const int KeptCharacters = 256 * 1024;

    [ThreadStatic]
    private static HtmlRenderer? spareOfModels;

    [ThreadStatic]
    private static HtmlRenderer? spareOfPeople;

    private readonly bool breaksLines;
    private readonly MarkdownPipeline pipeline;

    private SafeMarkdown(bool breaksLines)
    {
        this.breaksLines = breaksLines;
        var builder = new MarkdownPipelineBuilder()
            .DisableHtml()
            .UsePipeTables()
            .UseTaskLists()
            .UseEmphasisExtras(EmphasisExtraOptions.Strikethrough)
            .UseAutoLinks(new AutoLinkOptions { UseHttpsForWWWLinks = true });
        builder.BlockParsers.ReplaceOrAdd<ParagraphBlockParser>(new PlainParagraphParser());
        builder.BlockParsers.ReplaceOrAdd<HeadingBlockParser>(new PlainHeadingParser());
        builder.BlockParsers.Insert(0, new RuleParser());
        builder.Use(new SafeRenderers(breaksLines));
        pipeline = builder.Build();
        BlockParsers = new BlockParserList(builder.BlockParsers);
    }

    /// <summary>What models write: a line break alone is a space.</summary>
    public static SafeMarkdown OfModels { get; } = new(breaksLines: false);

    /// <summary>What people type: a line break is one.</summary>
    public static SafeMarkdown OfPeople { get; } = new(breaksLines: true);

    /// <summary>What finds blocks; for <see cref="BlockProcessor"/>.</summary>
    public BlockParserList BlockParsers { get; }

    /// <summary>Renders Markdown; what cannot be, because it is nested beyond all measure, as the text that it is.</summary>
    public string Render(string source)
    {
        ref var spare = ref breaksLines ? ref spareOfPeople : ref spareOfModels;
        var renderer = spare ?? NewRenderer();
        spare = null;
        var output = ((StringWriter)renderer.Writer).GetStringBuilder();
        try
        {
            renderer.Render(Markdown.Parse(source, pipeline));
        }
        catch (Exception e) when (e is ArgumentException or InvalidOperationException)
        {
            // The library's word for too deep. What state its renderer is in nobody knows.
            return HtmlText.Render(source);
        }

        // Blocks stand one after the other, so each has to end its line.
        renderer.EnsureLine();
        var html = HtmlText.WithoutHalves(output.ToString());
        if (output.Capacity <= KeptCharacters)
        {
            output.Clear();
            spare = renderer;
        }

        return html;
    }

    private HtmlRenderer NewRenderer()
    {
        var renderer = new HtmlRenderer(new StringWriter { NewLine = "\n" });
        pipeline.Setup(renderer);
        return renderer;
    }
}
