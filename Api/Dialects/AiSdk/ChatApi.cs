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
        var attempt = await attempts.NameAsync(context);
        var body = await context.Request.ReadChatAsync();
        if (body.Id is not null && conversations.TryFind(context, body.Id, out var conversation, out var key))
        {
            return await conversation.GetAsync() is { } found
                ? await AnswerAsync(context, key, await TurnsOf(conversation, found).TakeAsync())
                : Problems.ConversationNotFound();
        }

        var creation = CreationOf(body, attempt);
        return await conversations.CreateAsync(context, creation) switch
        {
            CreateResult.Created { Conversation: var created } => await BeginAsync(created),
            var refused => CreateResults.RefusalOf(refused),
        };

        ChatTurns TurnsOf(PatientConversation conversation, Conversation found) => new(conversation, found, body, attempt, clock.GetUtcNow());

        async Task<Results<EventStreamResult, NoContent, ProblemHttpResult>> BeginAsync(Conversation created)
        {
            var place = new ConversationKey(context.Owner(), created.Id);
            var begun = conversations.Find(place);
            ChatTurn turn;
            try
            {
                turn = await TurnsOf(begun, created).TakeAsync();
            }
            catch (InvalidRequestException)
            {
                await begun.TakeBackAsync(creation, created);
                throw;
            }

            if (turn.Result is not (SendResult.Accepted or SendResult.Queued))
            {
                await begun.TakeBackAsync(creation, created);
            }

            return await AnswerAsync(context, place, turn);
        }
    }

    private static async Task<Results<EventStreamResult, NoContent, ProblemHttpResult>> AnswerAsync(HttpContext context, ConversationKey key, ChatTurn turn) =>
        UiReplies.Of(key, turn.Result, turn.MessageId) is { } reply ? await UiStreams.FollowAsync(context, reply, default) : TurnResults.RefusalOf(turn.Result);

    private static CreateConversation CreationOf(ChatBody body, RequestKey attempt)
    {
        var creation = new CreateConversation(null, null, null, ImmutableSortedDictionary<string, string>.Empty, []);

        // Without an id it stands alone: nobody can ask for that chat again, only for its stream.
        return body.Id is null
            ? creation with { Transient = true, Request = attempt.Value, Fingerprint = attempt.Fingerprint }
            : creation with { Metadata = creation.Metadata.Add(ChatId.MetadataKey, body.Id), Request = ChatId.NameOf(body.Id) };
    }
}
