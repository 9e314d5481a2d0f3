using System.Collections.Immutable;
using OrleansChat.Contents;
using OrleansChat.Events;
using OrleansChat.Generation;

namespace OrleansChat.Conversations;

/// <summary>A message of a conversation.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.Message")]
public sealed record Message
{
    /// <summary>The message's id, unique within its conversation.</summary>
    [Id(0)]
    public required string Id { get; init; }

    /// <summary>The id of the message that it follows; null for the first.</summary>
    [Id(1)]
    public string? Parent { get; init; }

    /// <summary>Who says it.</summary>
    [Id(2)]
    public required MessageRole Role { get; init; }

    /// <summary>Its text; of a running reply, what is committed so far.</summary>
    [Id(3)]
    public required string Content { get; init; }

    /// <summary>How far it is.</summary>
    [Id(4)]
    public required MessageStatus Status { get; init; }

    /// <summary>The sequence of the newest event that touched it.</summary>
    [Id(5)]
    public required long Sequence { get; init; }

    /// <summary>When it was created (UTC).</summary>
    [Id(6)]
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>The model of a reply; null for other messages.</summary>
    [Id(7)]
    public string? Model { get; init; }

    /// <summary>Why the model stopped, in its own word (<c>stop</c>, <c>length</c>, …); null unless completed.</summary>
    [Id(8)]
    public string? FinishReason { get; init; }

    /// <summary>What the reply cost in tokens; null for other messages, while it runs, and where an import did not say.</summary>
    [Id(9)]
    public TokenUsage? Usage { get; init; }

    /// <summary>Why a reply failed; null unless it did.</summary>
    [Id(10)]
    public ReplyError? Error { get; init; }

    /// <summary>Its place among the messages that follow the same one; null except in an answer to <see cref="IConversationGrain.GetMessages"/>.</summary>
    [Id(11)]
    public MessageSiblings? Siblings { get; init; }

    /// <summary>The model that answered, where it is not <see cref="Model"/>, but one of its fallbacks; else null.</summary>
    [Id(12)]
    public string? AnsweredBy { get; init; }

    /// <summary>What it consists of, where that is more than text; empty elsewhere.</summary>
    [Id(13)]
    public ImmutableArray<ContentPart> Parts { get; init; } = [];

    /// <summary>What tools have answered, of a <see cref="MessageRole.Tool"/> message.</summary>
    [Id(14)]
    public ImmutableArray<ToolResult> ToolResults { get; init; } = [];

    /// <summary>What the model thought before and while it replied, as far as it tells.</summary>
    [Id(15)]
    public ImmutableArray<ReasoningBlock> Reasoning { get; init; } = [];

    /// <summary>The tools that the model calls, by index; of a reply that has not completed, perhaps only begun.</summary>
    [Id(16)]
    public ImmutableArray<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>The words in which the model refused to answer; null where it did not.</summary>
    [Id(17)]
    public string? Refusal { get; init; }

    /// <summary>How the reply was to be made; null for as the model has it, and for other messages.</summary>
    [Id(18)]
    public GenerationOptions? Options { get; init; }

    /// <summary>What a reply's model was not shown; null where it was shown everything, or nobody looked.</summary>
    [Id(19)]
    public MessageContext? Context { get; init; }

    /// <summary>What a reply cost by the prices of the time; null where its model has none.</summary>
    [Id(20)]
    public ReplyCost? Cost { get; init; }

    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(Message);
}
