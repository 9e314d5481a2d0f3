using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using OrleansChat.Conversations;
using OrleansChat.Dialects.ChatCompletions.Answers;
using OrleansChat.Errors;
using OrleansChat.Feeds;
using OrleansChat.Limiting;
using OrleansChat.Owners;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.ChatCompletions;

/// <summary>Completions that were asked for before: read, go on reading, stop.</summary>
internal static class StoredCompletionApi
{
    public static void MapStoredCompletions(this RouteGroupBuilder group)
    {
        group.MapGet("/chat/completions/{id}", Read).HoldsConnection(request => request.Query["stream"] == "true").WithSummary("Read a completion; with ?stream=true, the rest of it in chunks, running or not");
        group.MapPost("/chat/completions/{id}/cancel", Cancel).WithSummary("Stop a completion, if it runs");
    }

    private static async Task<Results<Ok<ChatCompletionView>, EventStreamResult, ProblemHttpResult>> Read(
        HttpContext context,
        ConversationLookup conversations,
        ConversationFeeds feeds,
        string id,
        string? stream = null,
        [FromQuery(Name = "starting_after")] string? startingAfter = null,
        [FromQuery(Name = "include_usage")] string? includeUsage = null)
    {
        var streamed = RequestReading.ReadChoice("stream", stream, false, ("true", true), ("false", false));
        var withUsage = RequestReading.ReadChoice("include_usage", includeUsage, false, ("true", true), ("false", false));
        var after = RequestReading.ReadCursor(context.Request, startingAfter, "starting_after");
        if (await FindAsync(context, conversations, id) is not { } found)
        {
            return Problems.ReplyNotFound();
        }

        var (key, reply) = found;
        if (streamed)
        {
            var before = new ReplyId(key.Id, reply.Id).Before;
            return await CompletionStreams.FollowAsync(context, feeds, new SingleTurnResult.Started(key, reply.Parent ?? "", reply.Id, before), after, withUsage);
        }

        return ReplyFailures.Of(reply) is { } failure ? failure : TypedResults.Ok(ChatCompletionView.Of(id, reply));
    }

    // A reply that has failed is stopped, and that is all that was asked for.
    private static async Task<Results<Ok<ChatCompletionView>, ProblemHttpResult>> Cancel(
        HttpContext context, ConversationLookup conversations, string id)
    {
        if (await FindAsync(context, conversations, id) is not { } found)
        {
            return Problems.ReplyNotFound();
        }

        var conversation = conversations.Find(found.Key);
        await conversation.CancelAsync(new CancelReply(null, found.Reply.Id));
        return await conversation.GetMessageAsync(found.Reply.Id) is { } reply ? TypedResults.Ok(ChatCompletionView.Of(id, reply)) : Problems.ReplyNotFound();
    }

    private static async Task<(ConversationKey Key, Message Reply)?> FindAsync(HttpContext context, ConversationLookup conversations, string id)
    {
        if (!ReplyId.TryParse(ChatCompletionsDialect.IdPrefix, id, out var parsed))
        {
            return null;
        }

        var key = new ConversationKey(context.Owner(), parsed.Conversation);
        if (await conversations.Find(key).GetMessageAsync(parsed.Message) is not { Role: MessageRole.Assistant } reply)
        {
            return null;
        }

        context.Response.Headers[SingleTurn.ConversationHeader] = key.Id.Value;
        return (key, reply);
    }
}
