using Microsoft.Extensions.AI;

namespace OrleansChat.Conversations;

/// <summary>Makes what a model is asked from a conversation's history.</summary>
internal static class Prompt
{
    /// <summary>
    /// The system prompt, then every message that has text. The partial text of a reply that failed, was cancelled or
    /// interrupted stays: the person has seen it and may refer to it.
    /// </summary>
    public static List<ChatMessage> From(ConversationState state)
    {
        var prompt = new List<ChatMessage>(state.MessageCount + 1);
        if (state.Conversation?.System is { Length: > 0 } system)
        {
            prompt.Add(new ChatMessage(ChatRole.System, system));
        }

        foreach (var message in state.Messages)
        {
            if (message.Content.Length > 0)
            {
                prompt.Add(new ChatMessage(RoleOf(message.Role), message.Content));
            }
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
