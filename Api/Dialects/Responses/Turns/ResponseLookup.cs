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
        if (await conversation.GetMessageAsync(key.Message) is not { } message)
        {
            return await FindQueuedAsync(key, conversation, aborted);
        }

        if (message.Role == MessageRole.Assistant)
        {
            // What a model said elsewhere is no response of anybody here.
            return message.Model is null ? null : new FoundResponse(key, conversation, message.Id, message);
        }

        return await reading.ReadAsync(key, aborted) is { Reply: { } reply } && await conversation.GetMessageAsync(reply) is { } first
            ? new FoundResponse(key, conversation, reply, first)
            : null;
    }

    private async Task<FoundResponse?> FindQueuedAsync(ResponseKey key, PatientConversation conversation, CancellationToken aborted)
    {
        if (await conversation.GetQueueAsync() is not { } queue)
        {
            return null;
        }

        if (queue.Messages.FirstOrDefault(waiting => waiting.Id == key.Message) is { } queued)
        {
            return new FoundResponse(key, conversation, queued.Role == MessageRole.Assistant ? queued.Id : null, null);
        }

        // Deleted, unless the journal says that it never started.
        return await reading.ReadAsync(key, aborted) is { IsUnqueued: true, IsDeleted: false } state
            ? new FoundResponse(key, conversation, state.Reply, null)
            : null;
    }
}
