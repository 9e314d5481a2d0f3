using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Errors;
using OrleansChat.Feeds;

namespace OrleansChat.Dialects.DurableStreams;

/// <summary>Opens streams.</summary>
internal static class StreamOpening
{
    /// <summary>Opens the stream of a conversation, or of one message in it.</summary>
    /// <param name="context">The request; its response gets the header <c>X-Conversation-Id</c>.</param>
    /// <param name="conversation">The conversation's id.</param>
    /// <param name="message">The message's id; null for the whole conversation.</param>
    /// <param name="offset">From where it is to be read.</param>
    /// <returns>The stream, and the sequence after which to read it; or why there is none.</returns>
    public static async Task<(DurableStream? Stream, long From, ProblemHttpResult? Problem)> OpenAsync(
        HttpContext context, string conversation, string? message, StreamOffset offset)
    {
        var conversations = context.RequestServices.GetRequiredService<ConversationLookup>();
        if (!conversations.TryFind(context, conversation, out var found, out var key))
        {
            return (null, 0, Problems.ConversationNotFound());
        }

        // Who begins at the end has nothing fetched. The message is asked for after that: one that runs then has its end still to come.
        var feeds = context.RequestServices.GetRequiredService<ConversationFeeds>();
        var membership = await feeds.JoinAsync(key, offset.IsNow ? long.MaxValue : offset.Sequence, context.RequestAborted);
        try
        {
            if (membership.Feed.IsGone)
            {
                return (null, 0, Problems.ConversationNotFound());
            }

            var one = message is null ? null : await found.GetMessageAsync(message);
            if (message is not null && one is null)
            {
                return (null, 0, Problems.MessageNotFound());
            }

            if (one?.Sequence > membership.Feed.Head)
            {
                // It was touched since; what it ended with may not have been delivered yet.
                await membership.Feed.RefreshAsync(one.Sequence, context.RequestAborted);
            }

            var stream = new DurableStream(membership, one);
            if (offset.Sequence > stream.Tail)
            {
                return (null, 0, Problems.CursorBeyondHead(offset.Sequence, stream.Tail));
            }

            context.Response.Headers[SingleTurn.ConversationHeader] = key.Id.Value;
            membership = null;
            return (stream, FirstOf(stream, one, key, offset), null);
        }
        finally
        {
            membership?.Dispose();
        }
    }

    private static long FirstOf(DurableStream stream, Message? message, ConversationKey key, StreamOffset offset) =>
        offset.IsNow ? stream.Tail
        : message is null ? offset.Sequence
        : Math.Max(offset.Sequence, new ReplyId(key.Id, message.Id).Before);
}
