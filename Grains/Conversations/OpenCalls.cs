using System.Collections.Immutable;
using OrleansChat.Contents;
using OrleansChat.Events;

namespace OrleansChat.Conversations;

/// <summary>Which tool calls wait for an answer. Pure.</summary>
internal static class OpenCalls
{
    /// <summary>The calls that a message asks for: none where it broke off, for then nobody knows what it was about to say.</summary>
    public static ImmutableArray<ToolCall> Of(Message message) =>
        message is { Role: MessageRole.Assistant, Status: MessageStatus.Completed, FinishReason: not ("length" or "content_filter") }
            ? message.ToolCalls
            : [];

    /// <summary>The calls without an answer after further messages, where some are open before them.</summary>
    /// <param name="open">The calls that are open before.</param>
    /// <param name="messages">The messages.</param>
    /// <param name="unknown">The id of the first call that is answered and was not open; null where there is none.</param>
    public static ImmutableArray<ToolCall> After(ImmutableArray<ToolCall> open, ImmutableArray<PrecedingMessage> messages, out string? unknown)
    {
        unknown = null;
        foreach (var message in messages)
        {
            if (message.Role != MessageRole.Tool)
            {
                open = message.Role == MessageRole.Assistant ? message.ToolCalls ?? [] : [];
                continue;
            }

            unknown = FirstUnknown(open, message.ToolResults ?? []);
            if (unknown is not null)
            {
                break;
            }

            open = Without(open, message.ToolResults ?? []);
        }

        return open;
    }

    /// <summary>The id of the first call that is answered and is not open; null where there is none.</summary>
    public static string? FirstUnknown(ImmutableArray<ToolCall> open, ImmutableArray<ToolResult> results) =>
        results.FirstOrDefault(result => open.All(call => call.Id != result.ToolCallId))?.ToolCallId;

    /// <summary>The open calls that are not answered.</summary>
    public static ImmutableArray<ToolCall> Without(ImmutableArray<ToolCall> open, ImmutableArray<ToolResult> results) =>
        [.. open.Where(call => results.All(result => result.ToolCallId != call.Id))];

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
