using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Dialects.ChatCompletions.Answers;
using OrleansChat.Errors;
using OrleansChat.Feeds;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.ChatCompletions;

/// <summary>Replies in chunks, from their start or from where a client has come.</summary>
internal static class CompletionStreams
{
    /// <summary>The id of the completion that a turn makes.</summary>
    public static string IdOf(SingleTurnResult.Started turn) => ReplyId.Of(ChatCompletionsDialect.IdPrefix, turn.Key.Id, turn.Reply);

    /// <summary>Follows a reply to its end.</summary>
    /// <param name="context">The request.</param>
    /// <param name="feeds">The feeds of this node.</param>
    /// <param name="turn">The reply; <see cref="SingleTurnResult.Started.Sequence"/> is that of an event before its start.</param>
    /// <param name="after">The client's cursor: the id of the last chunk that it has; 0 for none.</param>
    /// <param name="includeUsage">Whether the client wants a chunk with the usage.</param>
    public static async Task<Results<Ok<ChatCompletionView>, EventStreamResult, ProblemHttpResult>> FollowAsync(
        HttpContext context, ConversationFeeds feeds, SingleTurnResult.Started turn, long after, bool includeUsage)
    {
        var membership = await feeds.JoinPatientlyAsync(turn.Key, turn.Sequence, context.RequestAborted);
        var feed = membership.Feed;
        if (after > 0 && feed.Head > turn.Sequence && after > feed.Head)
        {
            membership.Dispose();
            return Problems.CursorBeyondHead(after, feed.Head);
        }

        // Who came no further than the start has nothing that could be void.
        var known = after > turn.Sequence + 1 ? await VoidContent.FindAsync(feed, turn.Sequence, turn.Reply, context.RequestAborted) : null;
        if (known?.Through > after)
        {
            membership.Dispose();
            return Problems.ReplyRestarted(known.Through);
        }

        var renderer = new ChatCompletionRenderer(IdOf(turn), turn.Reply, after, includeUsage);
        var awaited = new AwaitedReply(turn.Message, turn.Reply, seen: 0);
        return new EventStreamResult(membership, renderer, turn.Sequence, StreamUntil.ReplyEnd, awaited, known);
    }
}
