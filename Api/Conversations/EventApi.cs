using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Dialects.Native;
using OrleansChat.Errors;
using OrleansChat.Feeds;
using OrleansChat.Owners;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Conversations;

/// <summary>A conversation's events, from any cursor, for as long as the caller listens.</summary>
internal static partial class EventApi
{
    public static void MapEvents(this RouteGroupBuilder group) =>
        group.MapGet("/{id}/events", Follow)
            .WithSummary("Follow the events as server-sent events, from Last-Event-ID or ?after=, else from the beginning");

    private static async Task<Results<EventStreamResult, ComeBackResult, NoContent, ProblemHttpResult>> Follow(
        HttpContext context, ConversationFeeds feeds, ILogger<EventStream> logger, string id, string? after = null, string? until = null, string? catchup = null)
    {
        var cursor = RequestReading.ReadCursor(context.Request, after);
        var end = RequestReading.ReadChoice("until", until, StreamUntil.Never, ("idle", StreamUntil.Idle));
        var merge = RequestReading.ReadChoice("catchup", catchup, true, ("coalesced", true), ("deltas", false));
        if (!ConversationId.TryParse(id, out var conversation))
        {
            return Problems.ConversationNotFound();
        }

        FeedMembership membership;
        try
        {
            membership = await feeds.JoinAsync(new ConversationKey(context.Owner(), conversation), cursor, context.RequestAborted);
        }
        catch (Exception e) when (Unavailability.IsTransient(e) && !context.RequestAborted.IsCancellationRequested)
        {
            LogSentAway(logger, e, conversation);
            return new ComeBackResult();
        }

        var feed = membership.Feed.View(cursor);
        if (feed.IsGone || cursor > feed.Head)
        {
            membership.Dispose();
            return feed.IsGone ? Problems.ConversationNotFound() : Problems.CursorBeyondHead(cursor, feed.Head);
        }

        if (end == StreamUntil.Idle && cursor == feed.Head && feed.Status == ConversationStatus.Idle)
        {
            // To an EventSource this says: finished, do not come back.
            membership.Dispose();
            return TypedResults.NoContent();
        }

        return new EventStreamResult(membership, new NativeRenderer(merge), cursor, end);
    }

    [LoggerMessage(LogLevel.Warning, "A reader of {Conversation} was asked to come back: its grain does not answer.")]
    private static partial void LogSentAway(ILogger logger, Exception exception, ConversationId conversation);
}
