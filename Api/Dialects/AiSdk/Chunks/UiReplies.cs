using OrleansChat.Conversations;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>Finds replies, and the steps of the messages that they belong to.</summary>
internal static class UiReplies
{
    // Most messages have one step, or a few; their texts come along.
    private const int StepsAtOnce = 16;

    /// <summary>The reply that a request has started, or is going to.</summary>
    /// <param name="key">The conversation.</param>
    /// <param name="result">What the conversation said; null is returned unless it was accepted.</param>
    /// <param name="messageId">The id of the client's message that the reply continues; null where it begins one.</param>
    public static UiReply? Of(ConversationKey key, SendResult result, string? messageId) => result switch
    {
        SendResult.Accepted accepted =>
            new UiReply(key, accepted.Message, accepted.Reply, new ReplyId(key.Id, accepted.Reply).Before) { MessageId = messageId },
        SendResult.Queued queued => new UiReply(key, queued.Message, queued.Reply, queued.Sequence - 1) { MessageId = messageId },
        _ => null,
    };

    /// <summary>A reply, or what waits for one, by the id of its stream; null where there is none.</summary>
    public static async Task<UiReply?> FindAsync(PatientConversation conversation, ConversationKey key, ReplyId run)
    {
        var (message, waiting) = await conversation.FindMessageAsync(run.Message);
        if (message is not { Role: MessageRole.Assistant, Parent: { } question })
        {
            return waiting is { Role: MessageRole.Assistant, Parent: { } asked } ? new UiReply(key, asked, waiting.Id, run.Before)
                : message is not null || waiting is not null ? new UiReply(key, run.Message, null, run.Before)
                : null;
        }

        var steps = await StepsBeforeAsync(conversation, question);
        var reply = new UiReply(key, question, message.Id, run.Before);
        return steps is [.., var first] ? reply with { MessageId = reply.IdOf(first) } : reply;
    }

    /// <summary>A reply with all steps before it, as one message.</summary>
    public static async Task<UiReply?> WholeAsync(PatientConversation conversation, ConversationKey key, string reply)
    {
        if (await conversation.GetMessageAsync(reply) is not { Role: MessageRole.Assistant, Parent: { } question })
        {
            return null;
        }

        var steps = await StepsBeforeAsync(conversation, question);
        var before = new ReplyId(key.Id, steps is [.., var first] ? first : reply).Before;
        return new UiReply(key, question, reply, before) { Earlier = [.. steps] };
    }

    // The answers of tools and the replies that called them, the newest first: up to what a user said.
    private static async Task<IReadOnlyList<string>> StepsBeforeAsync(PatientConversation conversation, string question)
    {
        var query = new MessagesQuery(StepsAtOnce) { Head = question, NewestFirst = true };
        var messages = await conversation.ReadBranchAsync(query, read => !read.All(IsStep));
        return [.. (messages ?? []).TakeWhile(IsStep).Select(message => message.Id)];

        static bool IsStep(Message message) => message.Role is MessageRole.Tool or MessageRole.Assistant;
    }
}
