using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Requests;
using OrleansChat.Errors;
using OrleansChat.Generation;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Turns;

/// <summary>
/// Starts responses: in a conversation of their own, after another response, which may be anywhere in its conversation's tree, or at the end of a
/// conversation. Where a reply runs they wait for it.
/// </summary>
internal sealed class ResponseTurns(
    ConversationLookup conversations, RequestAttempts attempts, SingleTurn singleTurn, ResponseLookup responses, ItemReferences references)
{
    /// <summary>Starts the response that a request asks for.</summary>
    /// <param name="context">The request; its response gets the header <c>X-Conversation-Id</c>.</param>
    /// <param name="asked">What the request says it is.</param>
    /// <param name="body">The request's body.</param>
    public async Task<ResponseTurn> StartAsync(HttpContext context, AskedRequest asked, CreateResponseBody body)
    {
        var turns = InputTurns.Of(await references.ResolveAsync(context, body.Items));
        if (body.PreviousResponseId is not null)
        {
            return await FollowAsync(context, asked, body, turns);
        }

        if (body.ConversationId is not null)
        {
            return await ContinueAsync(context, asked, body, turns);
        }

        CallAnswers.Check([], turns);
        var (before, last) = InputTurns.Divide(turns);
        var creation = new CreateConversation(null, body.Model, null, ImplicitConversations.Mark, before) { Transient = body.Store == false };
        var key = await attempts.NameAsync(context, asked);
        return await singleTurn.StartAsync(context, key, creation, last with { Options = body.Options }) switch
        {
            SingleTurnResult.Started started => new ResponseTurn.Started(new ResponseKey(started.Key, started.Reply)),
            SingleTurnResult.Refused refused => new ResponseTurn.Refused(refused.Problem),
            var other => throw new InvalidOperationException($"A turn came to {other.GetType().Name}."),
        };
    }

    private async Task<ResponseTurn> FollowAsync(HttpContext context, AskedRequest asked, CreateResponseBody body, ImmutableArray<PastMessage> turns)
    {
        if (await responses.FindAsync(context, body.PreviousResponseId!) is not { } previous)
        {
            return Refused(Problems.PreviousResponseNotFound(body.PreviousResponseId!));
        }

        if (previous.Reply is not { } parent)
        {
            throw RequestReading.Invalid("'previous_response_id' names a response that waits for others to end. Wait until it has started.");
        }

        if (await previous.Conversation.GetAsync() is not { } found)
        {
            return Refused(Problems.PreviousResponseNotFound(body.PreviousResponseId!));
        }

        CallAnswers.Check(CallAnswers.CallsOf(previous.Message), turns);
        var (before, last) = InputTurns.Divide(turns);
        var message = last with { Model = body.Model, HasParent = true, Parent = parent, Preceding = before, Options = OptionsIn(found, body) };
        var key = await attempts.NameAsync(context, asked, previous.Key.Conversation.Id);
        return await SendAsync(context, previous.Key.Conversation, key, message);
    }

    private async Task<ResponseTurn> ContinueAsync(HttpContext context, AskedRequest asked, CreateResponseBody body, ImmutableArray<PastMessage> turns)
    {
        if (!conversations.TryFind(context, body.ConversationId!, out var conversation, out var place) || await conversation.GetAsync() is not { } found)
        {
            return Refused(Problems.ConversationNotFound());
        }

        var head = found.Head is null ? null : await conversation.GetMessageAsync(found.Head);
        if (turns.IsEmpty)
        {
            var name = await attempts.NameAsync(context, asked, place.Id);

            // A repeated request finds the reply that it began itself at the conversation's end.
            if (head is null || (head.Role == MessageRole.Assistant && await conversation.MessageOfAsync(name.Value) is null))
            {
                throw RequestReading.Invalid("'input' is missing, and the conversation does not end with anything to reply to.");
            }

            var again = new RegenerateReply(head.Id, body.Model) { Request = name.Value, Fingerprint = name.Fingerprint, OnBusy = BusyPolicy.Queue, Options = OptionsIn(found, body) };
            return Answer(context, place, await conversation.RegenerateAsync(again));
        }

        var (before, last) = InputTurns.Divide(turns);
        var key = await attempts.NameAsync(context, asked, place.Id);

        // A repeated request finds the answers that it brought itself at the conversation's end.
        if (await conversation.MessageOfAsync(key.Value) is null)
        {
            CallAnswers.Check(CallAnswers.CallsOf(head), turns);
        }

        return await SendAsync(context, place, key, last with { Model = body.Model, Preceding = before, Options = OptionsIn(found, body) });
    }

    private async Task<ResponseTurn> SendAsync(HttpContext context, ConversationKey place, RequestKey key, SendMessage message)
    {
        var request = message with { Request = key.Value, Fingerprint = key.Fingerprint, OnBusy = BusyPolicy.Queue };
        return Answer(context, place, await conversations.Find(place).SendAsync(request));
    }

    // Whether a response is kept is a matter of its conversation, which is there already.
    private static GenerationOptions OptionsIn(Conversation conversation, CreateResponseBody body) =>
        body.Options! with { Notes = (ResponseNotes.Of(body.Options) with { Store = !conversation.IsTransient }).ToJson() };

    private static ResponseTurn Answer(HttpContext context, ConversationKey place, SendResult result)
    {
        context.Response.Headers[SingleTurn.ConversationHeader] = place.Id.Value;
        return result switch
        {
            SendResult.Accepted accepted => new ResponseTurn.Started(new ResponseKey(place, accepted.Reply)),
            SendResult.Queued queued => new ResponseTurn.Started(new ResponseKey(place, queued.Reply ?? queued.Message)),
            SendResult.Stored stored => throw RequestReading.Invalid($"'input' has no output of a function for the call '{stored.OpenCalls.FirstOrDefault()}'."),
            _ => Refused(TurnResults.RefusalOf(result)),
        };
    }

    private static ResponseTurn.Refused Refused(ProblemHttpResult problem) => new(problem);
}
