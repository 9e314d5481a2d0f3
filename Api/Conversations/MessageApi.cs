using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Errors;
using OrleansChat.Limiting;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Conversations;

/// <summary>A conversation's messages: read them, send one, have another reply made, cancel the reply.</summary>
internal static class MessageApi
{
    public static void MapMessages(this RouteGroupBuilder group)
    {
        group.MapGet("/{id}/messages", List).WithSummary("Read the active branch, another, or all messages");
        group.MapPost("/{id}/messages", Send).HoldsConnection(RequestReading.WantsEvents).WithSummary("Send a message; with Accept: text/event-stream, follow the reply")
            .Accepts<SendMessageBody>("application/json");
        group.MapPost("/{id}/messages/{message}/regenerate", Regenerate).HoldsConnection(RequestReading.WantsEvents)
            .WithSummary("Have another reply made; with Accept: text/event-stream, follow it")
            .Accepts<RegenerateBody>("application/json");
        group.MapPost("/{id}/cancel", Cancel).WithSummary("Stop the running reply, if any; where its reader stopped, if told")
            .Accepts<CancelBody>("application/json");
    }

    private static async Task<Results<Ok<MessageListView>, ProblemHttpResult>> List(
        HttpContext context, ConversationLookup conversations, string id, [AsParameters] MessagePageParameters parameters)
    {
        var query = parameters.ToQuery();
        return conversations.TryFind(context, id, out var conversation, out _)
            ? await MessagePages.AnswerAsync(
                context, conversation, query, page => new MessageListView([.. page.Messages.Select(MessageView.Of)], page.HasMore, page.Head))
            : Problems.ConversationNotFound();
    }

    private static async Task<Results<Accepted<SentView>, EventStreamResult, ProblemHttpResult>> Send(
        HttpContext context, ConversationLookup conversations, TurnResults results, string id)
    {
        var expected = IfMatch.Read(context.Request);
        var key = await RequestKey.ReadAsync(context.Request);
        var body = await context.Request.ReadBodyAsync<SendMessageBody>();
        return conversations.TryFind(context, id, out var conversation, out var place)
            ? await results.AnswerAsync(context, place, await conversation.SendAsync(body.ToRequest(key, expected)))
            : Problems.ConversationNotFound();
    }

    private static async Task<Results<Accepted<SentView>, EventStreamResult, ProblemHttpResult>> Regenerate(
        HttpContext context, ConversationLookup conversations, TurnResults results, string id, string message)
    {
        var expected = IfMatch.Read(context.Request);
        var key = await RequestKey.ReadAsync(context.Request);
        var body = await context.Request.ReadOptionalBodyAsync<RegenerateBody>();
        if (!conversations.TryFind(context, id, out var conversation, out var place))
        {
            return Problems.ConversationNotFound();
        }

        var result = await conversation.RegenerateAsync(body.ToRequest(message, key, expected));
        return result is SendResult.UnknownMessage
            ? Problems.MessageNotFound()
            : await results.AnswerAsync(context, place, result);
    }

    private static async Task<Results<Ok<ConversationView>, ProblemHttpResult>> Cancel(
        HttpContext context, ConversationLookup conversations, string id)
    {
        var body = await context.Request.ReadOptionalBodyAsync<CancelBody>();
        if (!conversations.TryFind(context, id, out var conversation, out _))
        {
            return Problems.ConversationNotFound();
        }

        switch (await conversation.CancelAsync(body.ToRequest()))
        {
            case CancelResult.Done done:
                IfMatch.Tell(context.Response, done.Conversation.Head);
                return TypedResults.Ok(ConversationView.Of(done.Conversation));
            case CancelResult.OutsideReply outside:
                return Problems.OutsideReply(body.At!.Value, outside.First, outside.Head);
            case CancelResult.Ended:
                return Problems.ReplyEnded();
            default:
                return Problems.ConversationNotFound();
        }
    }
}
