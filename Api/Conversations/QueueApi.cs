using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Errors;

namespace OrleansChat.Conversations;

/// <summary>What waits in a conversation until its replies have ended.</summary>
internal static class QueueApi
{
    public static void MapQueue(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/queue", List).WithSummary("Read what waits, the next first");
        group.MapDelete("/{id}/queue/{message}", Remove).WithSummary("Take a message out of the queue");
    }

    private static async Task<Results<Ok<QueueView>, ProblemHttpResult>> List(HttpContext context, ConversationLookup conversations, string id)
    {
        return conversations.TryFind(context, id, out var conversation, out _) && await conversation.GetQueueAsync() is { } queue
            ? TypedResults.Ok(new QueueView(queue.Messages, queue.Limit))
            : Problems.ConversationNotFound();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(
        HttpContext context, ConversationLookup conversations, string id, string message)
    {
        if (!conversations.TryFind(context, id, out var conversation, out _) || await conversation.GetQueueAsync() is null)
        {
            return Problems.ConversationNotFound();
        }

        return await conversation.UnqueueAsync(message) ? TypedResults.NoContent() : Problems.NotQueued();
    }
}
