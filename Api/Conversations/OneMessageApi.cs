using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Errors;

namespace OrleansChat.Conversations;

/// <summary>A single message: read it, delete it.</summary>
internal static class OneMessageApi
{
    public static void MapOneMessage(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/messages/{message}", Get).WithSummary("Read one message");
        group.MapDelete("/{id}/messages/{message}", Delete).WithSummary("Delete one message");
    }

    private static Task<Results<Ok<MessageView>, ProblemHttpResult>> Get(HttpContext context, ConversationLookup conversations, string id, string message) =>
        MessagePages.AnswerAsync(context, conversations, id, message, MessageView.Of);

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(
        HttpContext context, ConversationLookup conversations, string id, string message)
    {
        if (!conversations.TryFind(context, id, out var conversation, out _))
        {
            return Problems.ConversationNotFound();
        }

        return await conversation.DeleteMessageAsync(message) switch
        {
            DeleteMessageResult.Deleted => TypedResults.NoContent(),
            DeleteMessageResult.Running => Problems.MessageInUse(),
            _ when await conversation.GetAsync() is null => Problems.ConversationNotFound(),
            _ => Problems.MessageNotFound(),
        };
    }
}
