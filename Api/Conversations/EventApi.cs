using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Authentication;
using OrleansChat.Dialects.Native;
using OrleansChat.Errors;
using OrleansChat.Feeds;
using OrleansChat.Limiting;
using OrleansChat.Owners;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Conversations;

/// <summary>A conversation's events, from any cursor, for as long as the caller listens.</summary>
internal static partial class EventApi
{
    public static void MapEvents(this RouteGroupBuilder group) =>
        group.MapGet("/{id}/events", Follow)
            .HoldsConnection()
            .WithSummary("Follow the events as server-sent events, from Last-Event-ID or ?after=, else from the beginning")
            .AcceptTickets();

    private static Task<Results<EventStreamResult, ComeBackResult, NoContent, ProblemHttpResult>> Follow(
        HttpContext context, ConversationFeeds feeds, ILogger<EventStream> logger, string id, string? after = null, string? until = null, string? catchup = null)
    {
        var merge = RequestReading.ReadChoice("catchup", catchup, true, ("coalesced", true), ("deltas", false));
        return FollowAsync(context, feeds, logger, id, after, until, (_, _) => Task.FromResult<IEventRenderer>(new NativeRenderer(merge)));
    }

    /// <summary>Follows a conversation's events in any form.</summary>
    /// <param name="context">The request.</param>
    /// <param name="feeds">The conversations that are followed here.</param>
    /// <param name="logger">Where it is told that a reader was sent away.</param>
    /// <param name="id">The conversation's id.</param>
    /// <param name="after">The cursor, unless the header has it.</param>
    /// <param name="until">When the stream is to end.</param>
    /// <param name="render">Makes the form, for a reader at a cursor.</param>
    internal static async Task<Results<EventStreamResult, ComeBackResult, NoContent, ProblemHttpResult>> FollowAsync(
        HttpContext context,
        ConversationFeeds feeds,
        ILogger<EventStream> logger,
        string id,
        string? after,
        string? until,
        Func<ConversationFeed, long, Task<IEventRenderer>> render)
    {
        var cursor = RequestReading.ReadCursor(context.Request, after);
        var end = RequestReading.ReadChoice("until", until, StreamUntil.Never, ("idle", StreamUntil.Idle));
        if (!ConversationId.TryParse(id, out var conversation))
        {
            return Problems.ConversationNotFound();
        }

        FeedMembership? membership = null;
        IEventRenderer? renderer = null;
        try
        {
            var key = new ConversationKey(context.Owner(), conversation);
            membership = end == StreamUntil.Never
                ? await feeds.JoinToFollowAsync(key, cursor, context.RequestAborted)
                : await feeds.JoinAsync(key, cursor, context.RequestAborted);
            var feed = membership.Feed.View(cursor);
            if (feed.IsGone || cursor > feed.Head)
            {
                return feed.IsGone ? Problems.ConversationNotFound() : Problems.CursorBeyondHead(cursor, feed.Head);
            }

            if (end == StreamUntil.Idle && cursor == feed.Head && feed.Status == ConversationStatus.Idle)
            {
                // To an EventSource this says: finished, do not come back.
                return TypedResults.NoContent();
            }

            renderer = await render(membership.Feed, cursor);
            return new EventStreamResult(membership, renderer, cursor, end);
        }
        catch (Exception e) when (Unavailability.IsTransient(e) && !context.RequestAborted.IsCancellationRequested)
        {
            LogSentAway(logger, e, conversation);
            return new ComeBackResult();
        }
        finally
        {
            if (renderer is null)
            {
                membership?.Dispose();
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "A reader of {Conversation} was asked to come back: its grain does not answer.")]
    private static partial void LogSentAway(ILogger logger, Exception exception, ConversationId conversation);
}
