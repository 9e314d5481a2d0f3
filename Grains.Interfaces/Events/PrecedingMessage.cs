using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansChat.Contents;
using OrleansChat.Conversations;

namespace OrleansChat.Events;

/// <summary>A <see cref="PastMessage"/> as it waits with the message that it precedes.</summary>
/// <param name="Role">Who said it.</param>
/// <param name="Content">What was said.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.PrecedingMessage")]
public sealed record PrecedingMessage([property: Id(0)] MessageRole Role, [property: Id(1)] string Content)
{
    /// <inheritdoc cref="MessageCreated.Parts"/>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ContentPart>? Parts { get; init; }

    /// <inheritdoc cref="MessageCreated.ToolResults"/>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ToolResult>? ToolResults { get; init; }

    /// <inheritdoc cref="MessageCreated.ToolCalls"/>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ToolCall>? ToolCalls { get; init; }

    /// <inheritdoc cref="MessageCreated.Reasoning"/>
    [Id(5), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ReasoningBlock>? Reasoning { get; init; }

    /// <inheritdoc cref="MessageCreated.Refusal"/>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refusal { get; init; }

    /// <summary>The message as it waits.</summary>
    public static PrecedingMessage Of(PastMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return new PrecedingMessage(message.Role, message.Content)
        {
            Parts = OrNull(message.Parts),
            ToolResults = OrNull(message.ToolResults),
            ToolCalls = OrNull(message.ToolCalls),
            Reasoning = OrNull(message.Reasoning),
            Refusal = message.Refusal,
        };
    }

    /// <summary>The event that stores it.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="parent">The id of the message that it follows; null for none.</param>
    /// <param name="at">When (UTC).</param>
    /// <param name="sequence">The event's sequence.</param>
    public MessageCreated ToEvent(string id, string? parent, DateTimeOffset at, long sequence) => new(id, parent, Role, Content, at)
    {
        Sequence = sequence,
        Parts = Parts,
        ToolResults = ToolResults,
        ToolCalls = ToolCalls,
        Reasoning = Reasoning,
        Refusal = Refusal,
    };

    private static ImmutableArray<T>? OrNull<T>(ImmutableArray<T> items) => items.IsEmpty ? null : items;

    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(PrecedingMessage);
}
