using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Dialects.ChatCompletions.Requests;

namespace OrleansChat.Dialects.ChatCompletions.Answers;

/// <summary>A whole reply.</summary>
/// <param name="Id">The completion's id.</param>
/// <param name="Object">Always <c>chat.completion</c>.</param>
/// <param name="Created">When the reply started, in Unix seconds.</param>
/// <param name="Model">The model that was asked.</param>
/// <param name="Choices">The reply.</param>
/// <param name="Usage">What it cost; missing as long as it runs.</param>
internal sealed record ChatCompletionView(
    string Id,
    string Object,
    long Created,
    string Model,
    ImmutableArray<ChatChoiceView> Choices,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] ChatUsageView? Usage)
{
    /// <summary>Shows a reply.</summary>
    public static ChatCompletionView Of(string id, Message reply) => new(
        id,
        "chat.completion",
        reply.CreatedAt.ToUnixTimeSeconds(),
        reply.Model ?? "",
        [new ChatChoiceView(0, ChatReplyView.Of(reply), null, FinishReasons.Of(reply))],
        reply.Usage is { } usage ? ChatUsageView.Of(usage) : null);
}

/// <summary>The one reply of a completion.</summary>
/// <param name="Index">Always 0.</param>
/// <param name="Message">The reply.</param>
/// <param name="Logprobs">Always null.</param>
/// <param name="FinishReason">Why it ended; null as long as it runs.</param>
internal sealed record ChatChoiceView(int Index, ChatReplyView Message, string? Logprobs, string? FinishReason);

/// <summary>What a reply says.</summary>
/// <param name="Role">Always <c>assistant</c>.</param>
/// <param name="Content">Its text; null where it has none.</param>
/// <param name="Refusal">The words in which the model refused; null where it did not.</param>
internal sealed record ChatReplyView(string Role, string? Content, string? Refusal)
{
    /// <summary>What the model thought.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReasoningContent { get; init; }

    /// <summary>The tools that it calls.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ChatToolCall>? ToolCalls { get; init; }

    /// <summary>Shows what a reply says. One that did not complete calls no tools.</summary>
    public static ChatReplyView Of(Message reply)
    {
        var calls = reply.Status == MessageStatus.Completed ? reply.ToolCalls : [];
        var thoughts = string.Concat(reply.Reasoning.Select(block => block.Text));
        var content = reply.Content.Length == 0 && (!calls.IsEmpty || reply.Refusal is not null) ? null : reply.Content;
        return new ChatReplyView("assistant", content, reply.Refusal)
        {
            ReasoningContent = thoughts.Length == 0 ? null : thoughts,
            ToolCalls = calls.IsEmpty ? null : [.. calls.Select(ViewOf)],
        };
    }

    private static ChatToolCall ViewOf(ToolCall call) => new(call.Id, "function", new ChatFunctionCall(call.Name, call.Arguments));
}
