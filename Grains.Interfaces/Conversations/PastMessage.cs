using System.Collections.Immutable;
using OrleansChat.Contents;

namespace OrleansChat.Conversations;

/// <summary>A message that was exchanged elsewhere, which a caller brings along.</summary>
/// <param name="Role">Who said it.</param>
/// <param name="Content">What was said.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.PastMessage")]
public sealed record PastMessage([property: Id(0)] MessageRole Role, [property: Id(1)] string Content)
{
    /// <summary>What it consists of, where that is more than text.</summary>
    [Id(2)]
    public ImmutableArray<ContentPart> Parts { get; init; } = [];

    /// <summary>What tools answered, of a <see cref="MessageRole.Tool"/> message.</summary>
    [Id(3)]
    public ImmutableArray<ToolResult> ToolResults { get; init; } = [];

    /// <summary>The tools that the model called.</summary>
    [Id(4)]
    public ImmutableArray<ToolCall> ToolCalls { get; init; } = [];

    /// <summary>What the model thought.</summary>
    [Id(5)]
    public ImmutableArray<ReasoningBlock> Reasoning { get; init; } = [];

    /// <summary>The words in which the model refused to answer; null where it did not.</summary>
    [Id(6)]
    public string? Refusal { get; init; }

    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(PastMessage);
}
