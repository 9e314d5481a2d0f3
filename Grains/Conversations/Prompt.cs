using Microsoft.Extensions.AI;

namespace OrleansChat.Conversations;

/// <summary>Makes what a model is asked from a conversation's history.</summary>
internal static class Prompt
{
    /// <summary>
    /// The system prompt, then every message with text on the running reply's branch, which is not the active one where somebody has
    /// moved the head since; where no reply runs, on the active one. The partial text of a reply that failed, was cancelled or
    /// interrupted stays: the person has seen it and may refer to it. Last comes what the running reply has said already, if
    /// anything: a model that is able to continue takes a last message of its own for the beginning of its answer. Messages of the
    /// conversation carry their ids.
    /// </summary>
    public static List<ChatMessage> From(ConversationState state)
    {
        var branch = state.Reply is { } reply ? state.Messages.BranchTo(reply.Message) : state.Messages.ActiveBranch;
        var prompt = new List<ChatMessage>(branch.Count + 2);
        if (state.Conversation?.System is { Length: > 0 } system)
        {
            prompt.Add(new ChatMessage(ChatRole.System, system));
        }

        foreach (var position in branch)
        {
            if (state.Messages[position] is { Content.Length: > 0 } message)
            {
                prompt.Add(new ChatMessage(RoleOf(message.Role), message.Content) { MessageId = message.Id });
            }
        }

        if (state.ReplyText is { Length: > 0 } text)
        {
            prompt.Add(new ChatMessage(ChatRole.Assistant, text));
        }

        return prompt;
    }

    private static ChatRole RoleOf(MessageRole role) => role switch
    {
        MessageRole.User => ChatRole.User,
        MessageRole.Assistant => ChatRole.Assistant,
        MessageRole.System => ChatRole.System,
        _ => ChatRole.Tool,
    };
}
