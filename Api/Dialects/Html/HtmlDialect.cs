using System.Collections.Immutable;
using OrleansChat.Dialects.Html.Events;
using OrleansChat.Dialects.Html.Messages;
using OrleansChat.Documentation;

namespace OrleansChat.Dialects.Html;

/// <summary>
/// For pages: messages and replies as HTML, rendered here from Markdown, out of nothing but what is allowed. Finished blocks come once, and
/// what still grows as it grows.
/// </summary>
internal sealed class HtmlDialect : IDialect
{
    public ImmutableArray<OperationNotes> Operations => HtmlOperations.All;

    public void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/conversations/{id}/html").WithTags("HTML");
        group.MapHtmlMessages();
        group.MapHtmlEvents();
    }
}
