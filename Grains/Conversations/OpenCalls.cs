using System.Collections.Immutable;
using OrleansChat.Contents;

namespace OrleansChat.Conversations;

/// <summary>Which tool calls wait for an answer. Pure.</summary>
internal static class OpenCalls
{
    /// <summary>The calls that a message asks for: none where it broke off, for then nobody knows what it was about to say.</summary>
    public static ImmutableArray<ToolCall> Of(Message message) =>
        message is { Role: MessageRole.Assistant, Status: MessageStatus.Completed, FinishReason: not ("length" or "content_filter") }
            ? message.ToolCalls
            : [];

    /// <summary>The calls without an answer where the branch ends with a message: with the one that asks, or with answers to it.</summary>
    public static ImmutableArray<ToolCall> After(MessageTree messages, string? id)
    {
        var answered = new HashSet<string>(StringComparer.Ordinal);
        while (id is not null && messages.Find(id) is { } message)
        {
            if (message.Role != MessageRole.Tool)
            {
                return [.. Of(message).Where(call => !answered.Contains(call.Id))];
            }

            answered.UnionWith(message.ToolResults.Select(result => result.ToolCallId));
            id = message.Parent;
        }

        return [];
    }
}
