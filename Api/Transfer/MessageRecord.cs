using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Generation;

namespace OrleansChat.Transfer;

/// <summary>A line of an exported conversation, or the mark before a message in Markdown, which has no content.</summary>
/// <param name="Type">Always <see cref="TypeName"/>.</param>
/// <param name="Id">The id that it had.</param>
/// <param name="Parent">The id of the message that it follows, which stands before it.</param>
/// <param name="Role">Who says it.</param>
/// <param name="Content">What is said.</param>
/// <param name="Status">How it ended; <c>in_progress</c> of a reply that ran when it was exported.</param>
/// <param name="CreatedAt">When it was created.</param>
/// <param name="Model">The model of a reply.</param>
/// <param name="FinishReason">Why a completed reply's model stopped.</param>
/// <param name="Usage">What a reply cost.</param>
/// <param name="Error">Why a reply failed.</param>
/// <param name="AnsweredBy">The model that answered in the place of <paramref name="Model"/>.</param>
internal sealed record MessageRecord(
    string Type,
    string Id,
    string? Parent,
    MessageRole Role,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Content,
    MessageStatus? Status,
    DateTimeOffset? CreatedAt,
    string? Model,
    string? FinishReason,
    TokenUsage? Usage,
    ReplyError? Error,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? AnsweredBy = null)
{
    public const string TypeName = "message";

    /// <summary>What it consists of, where that is more than text.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ContentPart>? Parts { get; init; }

    /// <summary>What tools have answered.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ToolResult>? ToolResults { get; init; }

    /// <summary>What the model thought.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ReasoningBlock>? Reasoning { get; init; }

    /// <summary>The tools that the model called.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ToolCall>? ToolCalls { get; init; }

    /// <summary>The words in which the model refused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refusal { get; init; }

    /// <summary>How the reply was to be made.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GenerationOptions? Options { get; init; }

    /// <summary>A message as a line.</summary>
    public static MessageRecord Of(Message message) => new(
        TypeName,
        message.Id,
        message.Parent,
        message.Role,
        message.Content,
        message.Status,
        message.CreatedAt,
        message.Model,
        message.FinishReason,
        message.Usage,
        message.Error,
        message.AnsweredBy)
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
