using OrleansChat.Conversations;
using OrleansChat.Owners;
using OrleansChat.Requests;

namespace OrleansChat.Dialects;

/// <summary>
/// One request, one reply, for dialects whose callers know no conversations. Underneath is a conversation like any other; its reply
/// goes on when the caller leaves, and a request of the same name finds it.
/// </summary>
internal sealed class SingleTurn(ConversationLookup conversations)
{
    /// <summary>The header that names the conversation.</summary>
    public const string ConversationHeader = "X-Conversation-Id";

    /// <summary>Creates the conversation and starts the reply to the message.</summary>
    /// <param name="context">The request; its response gets the header <c>X-Conversation-Id</c>.</param>
    /// <param name="key">The name of the request; null for one that is not repeated.</param>
    /// <param name="creation">The conversation, with what was said before.</param>
    /// <param name="message">What is to be replied to.</param>
    public async Task<SingleTurnResult> StartAsync(HttpContext context, RequestKey? key, CreateConversation creation, SendMessage message)
    {
        // With a name, what was asked and answered before comes again.
        var (result, sent) = await conversations.BeginAsync(
            context,
            creation with { Request = key?.Value, Fingerprint = key?.Fingerprint },
            (conversation, _) => conversation.SendAsync(message with { Request = key?.Value, Fingerprint = key?.Fingerprint }),
            sent => sent);
        if (result is not CreateResult.Created { Conversation: var created } || sent is null)
        {
            return new SingleTurnResult.Refused(CreateResults.RefusalOf(result));
        }

        if (sent is not SendResult.Accepted accepted)
        {
            return new SingleTurnResult.Refused(TurnResults.RefusalOf(sent));
        }

        var place = new ConversationKey(context.Owner(), created.Id);
        context.Response.Headers[ConversationHeader] = created.Id.Value;
        var wasOver = accepted.Sequence <= created.Sequence && created.Reply != accepted.Reply;
        return new SingleTurnResult.Started(place, accepted.Message, accepted.Reply, accepted.Sequence, wasOver);
    }
}
