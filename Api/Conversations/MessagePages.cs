using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Conversations;

/// <summary>Reads messages, for whoever shows them in one way or another.</summary>
internal static class MessagePages
{
    /// <summary>Answers with a page of messages, or says why there is none.</summary>
    public static async Task<Results<Ok<TView>, ProblemHttpResult>> AnswerAsync<TView>(
        HttpContext context, PatientConversation conversation, MessagesQuery query, Func<MessagesResult.Page, TView> show)
    {
        var result = await conversation.GetMessagesAsync(query);
        if (result is not MessagesResult.Page page)
        {
            return Refuse(result, query);
        }

        IfMatch.Tell(context.Response, page.Head);
        return TypedResults.Ok(show(page));
    }

    /// <summary>Answers with one message, or says why there is none.</summary>
    public static async Task<Results<Ok<TView>, ProblemHttpResult>> AnswerAsync<TView>(
        HttpContext context, ConversationLookup conversations, string id, string message, Func<Message, TView> show)
    {
        if (!conversations.TryFind(context, id, out var conversation, out _))
        {
            return Problems.ConversationNotFound();
        }

        return await conversation.GetMessageAsync(message) is { } found ? TypedResults.Ok(show(found))
            : await conversation.GetAsync() is null ? Problems.ConversationNotFound()
            : Problems.MessageNotFound();
    }

    private static ProblemHttpResult Refuse(MessagesResult result, MessagesQuery query)
    {
        if (result is not MessagesResult.UnknownMessage unknown)
        {
            return Problems.ConversationNotFound();
        }

        var parameter = unknown.Id == query.Head ? "head" : unknown.Id == query.After ? "after" : "before";
        return Problems.UnknownMessage($"The query parameter '{parameter}' names no message that is listed here.");
    }
}
