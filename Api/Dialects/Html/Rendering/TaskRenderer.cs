using Markdig.Extensions.TaskLists;
using Markdig.Renderers;
using Markdig.Renderers.Html;

namespace OrleansChat.Dialects.Html.Rendering;

/// <summary>The boxes of task lists: signs, as nobody can tick them.</summary>
internal sealed class TaskRenderer : HtmlObjectRenderer<TaskList>
{
    protected override void Write(HtmlRenderer renderer, TaskList obj) => renderer.Write(obj.Checked
        ? "<span class=\"task\" role=\"img\" aria-label=\"done\">☑</span>"
        : "<span class=\"task\" role=\"img\" aria-label=\"to do\">☐</span>");
}
