using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Dialects.Native;
using OrleansChat.Errors;
using OrleansChat.Feeds;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Conversations;

/// <summary>A conversation's messages: read the history, send, cancel the reply.</summary>
internal static class MessageApi
{
    public static void MapMessages(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/messages", List).WithSummary("Read the history, oldest first");
        group.MapPost("/{id}/messages", Send).WithSummary("Send a message; with Accept: text/event-stream, follow the reply")
            .Accepts<SendMessageBody>("application/json");
        group.MapPost("/{id}/cancel", Cancel).WithSummary("Stop the running reply, if any");
    }

    private static async Task<Results<Ok<MessageListView>, ProblemHttpResult>> List(
        HttpContext context, IGrainFactory grains, string id, string? limit = null, string? after = null)
    {
        var most = RequestReading.ReadLimit(limit);
        if (!grains.TryGetConversation(context, id, out var grain, out var key))
        {
            return Problems.ConversationNotFound();
        }

        return await grain.GetMessages(key.Owner, most, after) switch
        {
            MessagesResult.Page page => TypedResults.Ok(new MessageListView([.. page.Messages.Select(MessageView.Of)], page.HasMore)),
            MessagesResult.UnknownMessage => Problems.UnknownMessage(),
            _ => Problems.ConversationNotFound(),
        };
    }

    private static async Task<Results<Accepted<SentView>, EventStreamResult, ProblemHttpResult>> Send(
        HttpContext context, IGrainFactory grains, ConversationFeeds feeds, string id)
    {
        var body = await context.Request.ReadBodyAsync<SendMessageBody>();
        if (!grains.TryGetConversation(context, id, out var grain, out var key))
        {
            return Problems.ConversationNotFound();
        }

        var result = await grain.Send(key.Owner, body.ToRequest());
        if (result is not SendResult.Accepted accepted)
        {
            return RefusalOf(result);
        }

        if (context.Request.WantsEvents())
        {
            var before = accepted.Sequence - 1;
            var membership = await feeds.JoinPatientlyAsync(key, before, context.RequestAborted);
            return new EventStreamResult(membership, new NativeRenderer(merge: true), before, StreamUntil.ReplyEnd);
        }

        var eventsUrl = $"/conversations/{key.Id}/events?after={accepted.Sequence}";
        return TypedResults.Accepted(eventsUrl, new SentView(accepted.Message, accepted.Reply, accepted.Sequence, eventsUrl));
    }

    private static async Task<Results<Ok<ConversationView>, ProblemHttpResult>> Cancel(
        HttpContext context, IGrainFactory grains, string id)
    {
        return grains.TryGetConversation(context, id, out var grain, out var key) && await grain.Cancel(key.Owner) is { } found
            ? TypedResults.Ok(ConversationView.Of(found))
            : Problems.ConversationNotFound();
    }

    /// <summary>The problem that tells why a message was not accepted.</summary>
    internal static ProblemHttpResult RefusalOf(SendResult result) => result switch
    {
        SendResult.Busy busy => Problems.ReplyRuns(busy.Reply),
        SendResult.UnknownModel unknown => Problems.UnknownModel(unknown.Known),
        _ => Problems.ConversationNotFound(),
    };
}
