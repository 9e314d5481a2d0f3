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
        if (after > 0 && await RefuseAsync(membership.Feed, turn, after, context.RequestAborted) is { } refusal)
        {
            membership.Dispose();
            return refusal;
        }

        var renderer = new ChatCompletionRenderer(IdOf(turn), turn.Reply, after, includeUsage);
        return new EventStreamResult(
            membership, renderer, turn.Sequence, StreamUntil.ReplyEnd, new AwaitedReply(turn.Message, turn.Reply, seen: 0));
    }

    private static async Task<ProblemHttpResult?> RefuseAsync(ConversationFeed feed, SingleTurnResult.Started turn, long after, CancellationToken leaving)
    {
        if (feed.Head > turn.Sequence && after > feed.Head)
        {
            return Problems.CursorBeyondHead(after, feed.Head);
        }

        // Of what is void the client has some, unless it came no further than the start.
        var restart = (await VoidContent.FindAsync(feed, turn.Sequence, turn.Reply, leaving)).Through;
        return restart > after && after > turn.Sequence + 1 ? Problems.ReplyRestarted(restart) : null;
    }
}
