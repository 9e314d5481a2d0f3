using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Chunks;
using OrleansChat.Dialects.AiSdk.Messages;
using OrleansChat.Dialects.AiSdk.Turns;
using OrleansChat.Errors;
using OrleansChat.Limiting;
using OrleansChat.Owners;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.AiSdk;

/// <summary>What <c>useChat</c> posts, and the stream that it gets.</summary>
internal static class ChatApi
{
    public static void MapChat(this RouteGroupBuilder group) =>
        group.MapPost("", Send).HoldsConnection().TakesWholeExchange().WithSummary("Send a message, the outputs of tools, or ask for another reply, and get it as a UI message stream")
            .Accepts<ChatBody>("application/json", "text/plain");

    private static async Task<Results<EventStreamResult, NoContent, ProblemHttpResult>> Send(
        HttpContext context, ConversationLookup conversations, RequestAttempts attempts, TimeProvider clock)
    {
        var asked = await RequestAttempts.ReadAsync(context.Request);
        var body = await context.Request.ReadChatAsync();
        if (body.Id is not null && conversations.TryFind(context, body.Id, out var conversation, out var key))
        {
            return await conversation.GetAsync() is { } found
                ? await AnswerAsync(context, key, await TurnsOf(conversation, found, await attempts.NameAsync(context, asked, found.Id)).TakeAsync())
                : Problems.ConversationNotFound();
        }

        // A chat is found by the client's id for it; only what has none is found by the request's name.
        var alone = body.Id is null ? await attempts.NameAsync(context, asked) : null;
        return await conversations.BeginAsync(context, CreationOf(body, alone), TakeAsync, turn => turn.Result) switch
        {
            (CreateResult.Created { Conversation: var created }, { } turn) => await AnswerAsync(context, new ConversationKey(context.Owner(), created.Id), turn),
            var (refused, _) => CreateResults.RefusalOf(refused),
        };

        ChatTurns TurnsOf(PatientConversation conversation, Conversation found, RequestKey attempt) => new(conversation, found, body, attempt, clock.GetUtcNow());

        async Task<ChatTurn> TakeAsync(PatientConversation begun, Conversation created) =>
            await TurnsOf(begun, created, alone ?? await attempts.NameAsync(context, asked, created.Id)).TakeAsync();
    }

    private static async Task<Results<EventStreamResult, NoContent, ProblemHttpResult>> AnswerAsync(HttpContext context, ConversationKey key, ChatTurn turn)
    {
        if (UiReplies.Of(key, turn.Result, turn.MessageId) is { } reply)
        {
            return await UiStreams.FollowAsync(context, reply, default);
        }

        RequestAttempts.Refused(context);
        return TurnResults.RefusalOf(turn.Result);
    }

    private static CreateConversation CreationOf(ChatBody body, RequestKey? alone)
    {
        var creation = new CreateConversation(null, null, null, ImmutableSortedDictionary<string, string>.Empty, []);

        // Without an id it stands alone: nobody can ask for that chat again, only for its stream.
        return body.Id is null
            ? creation with { Transient = true, Request = alone?.Value, Fingerprint = alone?.Fingerprint }
            : creation with { Metadata = creation.Metadata.Add(ChatId.MetadataKey, body.Id), Request = ChatId.NameOf(body.Id) };
    }
}
