using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Errors;

namespace OrleansChat.Dialects.Html.Messages;

/// <summary>Messages that are stored, as HTML.</summary>
internal static class HtmlMessageApi
{
    public static void MapHtmlMessages(this RouteGroupBuilder group)
    {
        group.MapGet("/messages", List).WithSummary("Read messages as HTML");
        group.MapGet("/messages/{message}", Get).WithSummary("Read one message as HTML");
    }

    private static async Task<Results<Ok<RenderedMessageListView>, ProblemHttpResult>> List(
        HttpContext context, ConversationLookup conversations, string id, [AsParameters] MessagePageParameters parameters)
    {
        var query = parameters.ToQuery();
        if (!conversations.TryFind(context, id, out var conversation, out _) || await conversation.GetAsync() is not { } now)
        {
            return Problems.ConversationNotFound();
        }

        // Asked for after the cursor, so that what came between is told twice rather than never.
        return await MessagePages.AnswerAsync(
            context,
            conversation,
            query,
            page => new RenderedMessageListView([.. page.Messages.Select(RenderedMessageView.Of)], page.HasMore, page.Head, now.Sequence));
    }

    private static Task<Results<Ok<RenderedMessageView>, ProblemHttpResult>> Get(HttpContext context, ConversationLookup conversations, string id, string message) =>
        MessagePages.AnswerAsync(context, conversations, id, message, RenderedMessageView.Of);
}
