using OrleansChat.Contents;
using OrleansChat.Conversations;

namespace OrleansChat.Grains.Tests.Conversations.Histories;

/// <summary>A random message that comes from elsewhere, from which both sides make what they understand.</summary>
/// <param name="Role">Who said it.</param>
/// <param name="Text">What was said.</param>
/// <param name="Calls">The ids of the tool calls of a model's.</param>
/// <param name="Answers">The ids of the calls that tools have answered with it; null unless it is theirs.</param>
internal sealed record RandomPast(string Role, string Text, IReadOnlyList<string> Calls, IReadOnlyList<string>? Answers)
{
    public PastMessage ToPast() => new(Enum.Parse<MessageRole>(Role, ignoreCase: true), Text)
    {
        ToolCalls = [.. Calls.Select(call => new ToolCall(call, "f", "{}"))],
        ToolResults = [.. (Answers ?? []).Select(call => new ToolResult(call, "42"))],
        Reasoning = Role == "assistant" ? [new ReasoningBlock("hm")] : [],
        Refusal = Role == "assistant" && Text.Length == 0 ? "no" : null,
    };

    public override string ToString() => $"{Role} '{Text}' {string.Join('|', Answers ?? Calls)}";
}
