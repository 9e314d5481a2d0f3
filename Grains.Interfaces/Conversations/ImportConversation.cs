using System.Collections.Immutable;
using OrleansChat.Contents;
using OrleansChat.Events;
using OrleansChat.Generation;

namespace OrleansChat.Conversations;

/// <summary>A request for a new conversation that was held elsewhere.</summary>
/// <param name="Title">Its title, or null.</param>
/// <param name="Model">The model that is to reply; where none of that name is configured, the default model.</param>
/// <param name="System">Its system prompt, or null.</param>
/// <param name="Metadata">The owner's own notes.</param>
/// <param name="CreatedAt">When it was created (UTC); null for now.</param>
/// <param name="Messages">Its messages, each after the one that it follows.</param>
/// <param name="Head">The position of the message that the active branch ends with; null for the last.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ImportConversation")]
public sealed record ImportConversation(
    [property: Id(0)] string? Title,
    [property: Id(1)] string? Model,
    [property: Id(2)] string? System,
    [property: Id(3)] ImmutableSortedDictionary<string, string> Metadata,
    [property: Id(4)] DateTimeOffset? CreatedAt,
    [property: Id(5)] ImmutableArray<ImportedMessage> Messages,
    [property: Id(6)] int? Head = null)
{
    /// <inheritdoc cref="CreateConversation.Request"/>
    [Id(7)]
    public string? Request { get; init; }

    /// <inheritdoc cref="SendMessage.Fingerprint"/>
    [Id(8)]
    public string? Fingerprint { get; init; }

    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(ImportConversation);
}

/// <summary>A message of an <see cref="ImportConversation"/>. One with a model is a reply, and follows a message.</summary>
/// <param name="Parent">The position of the message that it follows, before its own; null for none.</param>
/// <param name="Role">Who says it.</param>
/// <param name="Content">What is said.</param>
/// <param name="Status">How it ended; <see cref="MessageStatus.Completed"/> unless it is a reply, and never in progress.</param>
/// <param name="CreatedAt">When it was created (UTC); null for now.</param>
/// <param name="Model">The model of a reply; null for other messages.</param>
/// <param name="FinishReason">Why a completed reply's model stopped.</param>
/// <param name="Usage">What a reply cost; null where that is not known.</param>
/// <param name="Error">Why a reply failed.</param>
/// <param name="AnsweredBy">The model that answered in the place of <paramref name="Model"/>; null where it did itself.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ImportedMessage")]
public sealed record ImportedMessage(
    [property: Id(0)] int? Parent,
    [property: Id(1)] MessageRole Role,
    [property: Id(2)] string Content,
    [property: Id(3)] MessageStatus Status,
    [property: Id(4)] DateTimeOffset? CreatedAt,
    [property: Id(5)] string? Model,
    [property: Id(6)] string? FinishReason,
    [property: Id(7)] TokenUsage? Usage,
    [property: Id(8)] ReplyError? Error,
    [property: Id(9)] string? AnsweredBy = null)
{
    /// <inheritdoc cref="Message.Parts"/>
    [Id(10)]
    public ImmutableArray<ContentPart> Parts { get; init; } = [];

    /// <inheritdoc cref="Message.ToolResults"/>
    [Id(11)]
    public ImmutableArray<ToolResult> ToolResults { get; init; } = [];

    /// <inheritdoc cref="Message.Reasoning"/>
    [Id(12)]
    public ImmutableArray<ReasoningBlock> Reasoning { get; init; } = [];

    /// <inheritdoc cref="Message.ToolCalls"/>
    [Id(13)]
    public ImmutableArray<ToolCall> ToolCalls { get; init; } = [];

    /// <inheritdoc cref="Message.Refusal"/>
    [Id(14)]
    public string? Refusal { get; init; }

    /// <inheritdoc cref="Message.Options"/>
    [Id(15)]
    public GenerationOptions? Options { get; init; }

    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(ImportedMessage);
}
