using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;
using Markdig.Renderers.Html.Inlines;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>Has everything that could bear an address, a name or a style written by renderers of ours, and raw HTML by none.</summary>
/// <param name="breaksLines">Whether a line break in the text is one on the page.</param>
internal sealed class SafeRenderers(bool breaksLines) : IMarkdownExtension
{
    public void Setup(MarkdownPipelineBuilder pipeline)
    {
        if (pipeline.InlineParsers.Find<TaskListInlineParser>() is { } tasks)
        {
            (tasks.ListClass, tasks.ListItemClass) = ("", "");
        }
    }

    public void Setup(MarkdownPipeline pipeline, IMarkdownRenderer renderer)
    {
        var renderers = ((HtmlRenderer)renderer).ObjectRenderers;
        renderers.ReplaceOrAdd<CodeBlockRenderer>(new CodeRenderer());
        renderers.ReplaceOrAdd<HeadingRenderer>(new LowerHeadingRenderer());
        renderers.ReplaceOrAdd<ParagraphRenderer>(new PlainParagraphRenderer());
        renderers.ReplaceOrAdd<LinkInlineRenderer>(new LinkRenderer());
        renderers.ReplaceOrAdd<AutolinkInlineRenderer>(new AutolinkRenderer());
        renderers.ReplaceOrAdd<HtmlTableRenderer>(new TableRenderer());
        renderers.ReplaceOrAdd<HtmlTaskListRenderer>(new TaskRenderer());
        renderers.ReplaceOrAdd<LineBreakInlineRenderer>(new LineBreakInlineRenderer { RenderAsHardlineBreak = breaksLines });
        renderers.TryRemove<HtmlBlockRenderer>();
        renderers.TryRemove<HtmlInlineRenderer>();
    }
}
