using OrleansChat.Conversations;

namespace OrleansChat.Dialects.Responses.Turns;

/// <summary>From a response's id to the response.</summary>
internal sealed class ResponseLookup(ConversationLookup conversations, ResponseReading reading)
{
    /// <summary>The caller's response with this id; null where there is none, or it was deleted. Names the conversation in the answer's header.</summary>
    public async Task<FoundResponse?> FindAsync(HttpContext context, string id)
    {
        if (!ResponseKey.TryParse(context, id, out var key))
        {
            return null;
        }

        var conversation = conversations.Find(key.Conversation);
        var found = await FindAsync(key, conversation, context.RequestAborted);
        if (found is not null)
        {
            context.Response.Headers[SingleTurn.ConversationHeader] = key.Conversation.Id.Value;
        }

        return found;
    }

    private async Task<FoundResponse?> FindAsync(ResponseKey key, PatientConversation conversation, CancellationToken aborted)
    {
        switch (await conversation.FindMessageAsync(key.Message))
        {
            case { Waiting: { } queued }:
                return new FoundResponse(key, conversation, queued.Role == MessageRole.Assistant ? queued.Id : null, null);
            case { Message: { Role: MessageRole.Assistant } reply }:
                // What a model said elsewhere is no response of anybody here.
                return reply.Model is null ? null : new FoundResponse(key, conversation, reply.Id, reply);
            case { Message: not null }:
                return await reading.ReadAsync(key, aborted) is { Reply: { } first } && await conversation.GetMessageAsync(first) is { } message
                    ? new FoundResponse(key, conversation, first, message)
                    : null;
            default:
                // Deleted, unless the journal says that it never started.
                return await reading.ReadAsync(key, aborted) is { IsUnqueued: true, IsDeleted: false } state
                    ? new FoundResponse(key, conversation, state.Reply, null)
                    : null;
        }
    }
}
