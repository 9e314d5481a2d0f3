using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Dialects.Native;
using OrleansChat.Errors;
using OrleansChat.Feeds;
using OrleansChat.Limiting;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Conversations;

/// <summary>What a caller gets who has asked for a reply.</summary>
internal sealed class TurnResults(ConversationFeeds feeds)
{
    /// <summary>How bodies say what to do while a reply runs.</summary>
    public const string OnBusyShape = "\"on_busy\"?: \"reject\" | \"queue\" | \"interrupt\" | \"rollback\"";

    /// <summary>The answer: ids, or the stream of what was accepted, from its first event to its end; or why it was not.</summary>
    public async Task<Results<Accepted<SentView>, EventStreamResult, ProblemHttpResult>> AnswerAsync(
        HttpContext context, ConversationKey key, SendResult result)
    {
        (string Message, string? Reply, long Sequence) sent;
        switch (result)
        {
            case SendResult.Accepted accepted:
                sent = (accepted.Message, accepted.Reply, accepted.Sequence);
                IfMatch.Tell(context.Response, accepted.Reply);
                break;
            case SendResult.Stored stored:
                return Accepted(key, new SentView(stored.Message, null, Queued: false, stored.Sequence, "", stored.OpenCalls));
            case SendResult.Queued queued:
                sent = (queued.Message, queued.Reply, queued.Sequence);
                break;
            case SendResult.UnexpectedHead unexpected:
                IfMatch.Tell(context.Response, unexpected.Head);
                return RefusalOf(result);
            default:
                return RefusalOf(result);
        }

        if (context.Request.WantsEvents())
        {
            // Clients that repeat the whole request when they reconnect say how far they came, as browsers do when they repeat a GET.
            var before = sent.Sequence - 1;
            var seen = RequestReading.ReadCursor(context.Request, after: null);
            var membership = await feeds.JoinPatientlyAsync(key, before, context.RequestAborted);
            if (membership.Feed.Head is var head && head > before && seen > head)
            {
                membership.Dispose();
                return Problems.CursorBeyondHead(seen, head);
            }

            var awaited = new AwaitedReply(sent.Message, sent.Reply, seen);
            return new EventStreamResult(membership, new NativeRenderer(merge: true), before, StreamUntil.ReplyEnd, awaited);
        }

        return Accepted(key, new SentView(sent.Message, sent.Reply, result is SendResult.Queued, sent.Sequence, ""));
    }

    private static Accepted<SentView> Accepted(ConversationKey key, SentView view)
    {
        var eventsUrl = $"/conversations/{key.Id}/events?after={view.Sequence}";
        return TypedResults.Accepted(eventsUrl, view with { EventsUrl = eventsUrl });
    }

    internal static ProblemHttpResult RefusalOf(SendResult result) => result switch
    {
        SendResult.Busy busy => Problems.ReplyRuns(busy.Reply),
        SendResult.QueueFull full => Problems.QueueFull(full.Limit),
        SendResult.HistoryFull full => Problems.HistoryFull(full.Limits.Messages, full.Limits.Bytes),
        SendResult.OverLimit { Refusal: { Limit: OwnerLimit.TokensPerDay } over } => Problems.TokenBudgetSpent(over.Quota, over.RetryAfter),
        SendResult.OverLimit { Refusal: var over } => Problems.TooManyReplies(over.Quota, over.RetryAfter),
        SendResult.UnexpectedHead unexpected => Problems.UnexpectedHead(unexpected.Head),
        SendResult.UnknownMessage => Problems.UnknownMessage("'parent' names no message of this conversation."),
        SendResult.UnknownCall unknown => Problems.UnknownToolCall(unknown.Call, unknown.OpenCalls),
        SendResult.NoReply => Problems.NoReply(),
        SendResult.OtherRequest => Problems.KeyOfAnotherRequest(),
        SendResult.Unqueued => Problems.Unqueued(),
        SendResult.UnknownModel unknown => Problems.UnknownModel(unknown.Known),
        _ => Problems.ConversationNotFound(),
    };
}
