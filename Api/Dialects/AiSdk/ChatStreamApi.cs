using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Chunks;
using OrleansChat.Errors;
using OrleansChat.Limiting;
using OrleansChat.Owners;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.AiSdk;

/// <summary>Resumes the stream of a chat, or of one reply, and stops it.</summary>
internal static class ChatStreamApi
{
    public static void MapChatStreams(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/stream", Resume).HoldsConnection().WithSummary("Resume the reply of a chat, from its beginning or from a chunk on");
        group.MapPost("/{id}/stop", Stop).WithSummary("Stop the reply of a chat");
    }

    private static async Task<Results<EventStreamResult, NoContent, ProblemHttpResult>> Resume(
        HttpContext context, ConversationLookup conversations, string id, string? startIndex = null)
    {
        var start = StreamStart.Read(context.Request, startIndex);
        if (ReplyId.TryParse(UiReply.RunPrefix, id, out var run))
        {
            var place = new ConversationKey(context.Owner(), run.Conversation);
            return await UiReplies.FindAsync(conversations.Find(place), place, run) is { } one
                ? await UiStreams.FollowAsync(context, one, start)
                : Problems.ConversationNotFound();
        }

        if (await conversations.FindAsync(context, id) is not { } found)
        {
            if (!ChatId.IsAllowed(id))
            {
                return Problems.ConversationNotFound();
            }

            // Nothing runs in a chat that nobody has written in.
            return TypedResults.NoContent();
        }

        var key = new ConversationKey(context.Owner(), found);
        var conversation = conversations.Find(key);
        if (await conversation.GetAsync() is not { } now)
        {
            return TypedResults.NoContent();
        }

        // Who has some of a reply gets the rest of it, though it may have ended meanwhile.
        var wanted = now.Reply ?? (start.Index > 0 || start.Seen > 0 ? now.Head : null);
        return wanted is not null && await UiReplies.WholeAsync(conversation, key, wanted) is { } reply
            ? await UiStreams.FollowAsync(context, reply, start)
            : TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Stop(HttpContext context, ConversationLookup conversations, string id)
    {
        var isRun = ReplyId.TryParse(UiReply.RunPrefix, id, out var run);
        if ((isRun ? run.Conversation : await conversations.FindAsync(context, id)) is not { } found)
        {
            return Problems.ConversationNotFound();
        }

        var conversation = conversations.Find(new ConversationKey(context.Owner(), found));
        return await StopAsync(conversation, isRun ? run.Message : null) ? TypedResults.NoContent() : Problems.ConversationNotFound();
    }

    /// <summary>Stops a stream, or what runs; false where there is no such conversation.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="run">The message that the stream is of: a stream is that of one reply, which may not have started yet, and it is no other's business. Null for whatever runs.</param>
    internal static async Task<bool> StopAsync(PatientConversation conversation, string? run)
    {
        // First: what does not wait any more has begun, and who asks only then what runs is told of it.
        if (run is not null && await conversation.UnqueueAsync(run))
        {
            return true;
        }

        if (await conversation.GetAsync() is not { } now)
        {
            return false;
        }

        return now.Reply is null
            || (run is not null && !await IsOfAsync(conversation, now.Reply, run))
            || await conversation.CancelAsync(new CancelReply(Reply: now.Reply)) is not CancelResult.NotFound;
    }

    private static async Task<bool> IsOfAsync(PatientConversation conversation, string running, string run) =>
        running == run || (await conversation.GetMessageAsync(running))?.Parent == run;
}
