using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansChat.Contents;
using OrleansChat.Events;
using OrleansChat.Generation;

namespace OrleansChat.Conversations;

/// <summary>A message, or another reply, that waits for the running reply and those before it in line.</summary>
/// <param name="Id">The id that it is going to have.</param>
/// <param name="Role"><see cref="MessageRole.User"/>, <see cref="MessageRole.System"/> or <see cref="MessageRole.Tool"/> for a message, <see cref="MessageRole.Assistant"/> for another reply.</param>
/// <param name="Content">What the user says; null for another reply.</param>
/// <param name="Parent">What it is going to follow: null for nothing, or, with <paramref name="Follows"/>, not yet known.</param>
/// <param name="Follows">Whether it follows the reply that ends before it starts.</param>
/// <param name="Model">The model to reply.</param>
/// <param name="Sequence">The sequence of the event that stored it.</param>
/// <param name="QueuedAt">Since when it waits (UTC).</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.QueuedMessage")]
public sealed record QueuedMessage(
    [property: Id(0)] string Id,
    [property: Id(1)] MessageRole Role,
    [property: Id(2)] string? Content,
    [property: Id(3)] string? Parent,
    [property: Id(4)] bool Follows,
    [property: Id(5)] string Model,
    [property: Id(6)] long Sequence,
    [property: Id(7)] DateTimeOffset QueuedAt)
{
    /// <summary>What it consists of, where that is more than text; null elsewhere.</summary>
    [Id(8), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ContentPart>? Parts { get; init; }

    /// <summary>What tools have answered; null for a user's message and for another reply.</summary>
    [Id(9), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ToolResult>? ToolResults { get; init; }

    /// <summary>How the reply is to be made; null for as the model has it.</summary>
    [Id(10), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GenerationOptions? Options { get; init; }

    /// <summary>What goes before it, in the same place; null for nothing.</summary>
    [Id(11), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<PrecedingMessage>? Preceding { get; init; }

    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(QueuedMessage);
}
