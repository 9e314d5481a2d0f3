using System.Collections.Immutable;
using OrleansChat.Contents;

namespace OrleansChat.Conversations;

/// <summary>A message that a caller brings along when it creates a conversation.</summary>
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
}
