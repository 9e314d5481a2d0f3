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
        HttpContext context, ConversationLookup conversations, string id, string? limit = null, string? after = null)
    {
        var most = RequestReading.ReadLimit(limit);
        if (!conversations.TryFind(context, id, out var conversation, out _))
        {
            return Problems.ConversationNotFound();
        }

        return await conversation.GetMessagesAsync(most, after) switch
        {
            MessagesResult.Page page => TypedResults.Ok(new MessageListView([.. page.Messages.Select(MessageView.Of)], page.HasMore)),
            MessagesResult.UnknownMessage => Problems.UnknownMessage(),
            _ => Problems.ConversationNotFound(),
        };
    }

    private static async Task<Results<Accepted<SentView>, EventStreamResult, ProblemHttpResult>> Send(
        HttpContext context, ConversationLookup conversations, ConversationFeeds feeds, string id)
    {
        var body = await context.Request.ReadBodyAsync<SendMessageBody>();
        if (!conversations.TryFind(context, id, out var conversation, out var key))
        {
            return Problems.ConversationNotFound();
        }

        var result = await conversation.SendAsync(body.ToRequest());
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
        HttpContext context, ConversationLookup conversations, string id)
    {
        return conversations.TryFind(context, id, out var conversation, out _) && await conversation.CancelAsync() is { } found
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
