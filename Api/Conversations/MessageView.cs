using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansChat.Contents;
using OrleansChat.Events;
using OrleansChat.Generation;

namespace OrleansChat.Conversations;

/// <summary>A message as the native API shows it.</summary>
internal sealed record MessageView(
    string Id,
    string? Parent,
    MessageRole Role,
    string Content,
    MessageStatus Status,
    long Sequence,
    DateTimeOffset CreatedAt,
    string? Model,
    string? AnsweredBy,
    string? FinishReason,
    TokenUsage? Usage,
    ReplyError? Error,
    MessageSiblings? Siblings)
{
    /// <summary>What it consists of, where that is more than text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ContentPart>? Parts { get; init; }

    /// <summary>What tools have answered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ToolResult>? ToolResults { get; init; }

    /// <summary>What the model thought.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ReasoningBlock>? Reasoning { get; init; }

    /// <summary>The tools that the model calls.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ToolCall>? ToolCalls { get; init; }

    /// <summary>The words in which the model refused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refusal { get; init; }

    /// <summary>How the reply was to be made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GenerationOptions? Options { get; init; }

    /// <summary>Shows a message.</summary>
    public static MessageView Of(Message message) => new(
        message.Id,
        message.Parent,
        message.Role,
        message.Content,
        message.Status,
        message.Sequence,
        message.CreatedAt,
        message.Model,
        message.AnsweredBy,
        message.FinishReason,
        message.Usage,
        message.Error,
        message.Siblings)
    {
        Parts = OrNull(message.Parts),
        ToolResults = OrNull(message.ToolResults),
        Reasoning = OrNull(message.Reasoning),
        ToolCalls = OrNull(message.ToolCalls),
        Refusal = message.Refusal,
        Options = message.Options,
    };

    private static ImmutableArray<T>? OrNull<T>(ImmutableArray<T> items) => items.IsEmpty ? null : items;
}
