using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Feeds;
using OrleansChat.Limiting;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.Html.Events;

/// <summary>A conversation's events with replies as HTML.</summary>
internal static class HtmlEventApi
{
    public static void MapHtmlEvents(this RouteGroupBuilder group) =>
        group.MapGet("/events", Follow)
            .HoldsConnection()
            .WithSummary("Follow the events with replies as HTML, from Last-Event-ID or ?after=, else from the beginning")
            .AcceptTickets();

    private static Task<Results<EventStreamResult, ComeBackResult, NoContent, ProblemHttpResult>> Follow(
        HttpContext context,
        ConversationFeeds feeds,
        ConversationLookup conversations,
        TimeProvider clock,
        ILogger<EventStream> logger,
        string id,
        string? after = null,
        string? until = null) =>
        EventApi.FollowAsync(context, feeds, logger, id, after, until, async (feed, cursor) =>
            new HtmlRenderer(await new ReplyAtCursor(feed, conversations.Find(feed.Key), clock).ReadAsync(cursor), cursor));
}
