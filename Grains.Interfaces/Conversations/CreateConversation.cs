using System.Collections.Immutable;

namespace OrleansChat.Conversations;

/// <summary>A request for a new conversation.</summary>
/// <param name="Title">A title, or null.</param>
/// <param name="Model">A configured model's name; null for the default model.</param>
/// <param name="System">A system prompt, or null.</param>
/// <param name="Metadata">The owner's own notes.</param>
/// <param name="History">Messages that were exchanged elsewhere and come first, oldest first; may be empty.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.CreateConversation")]
public sealed record CreateConversation(
    [property: Id(0)] string? Title,
    [property: Id(1)] string? Model,
    [property: Id(2)] string? System,
    [property: Id(3)] ImmutableSortedDictionary<string, string> Metadata,
    [property: Id(4)] ImmutableArray<PastMessage> History)
{
    /// <summary>What tells this request from all others of the owner; null where it is not repeated, but by who made the key of the conversation.</summary>
    [Id(5)]
    public string? Request { get; init; }

    /// <inheritdoc cref="SendMessage.Fingerprint"/>
    [Id(6)]
    public string? Fingerprint { get; init; }

    /// <inheritdoc cref="Conversation.IsTransient"/>
    [Id(7)]
    public bool Transient { get; init; }

    /// <summary>Nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public override string ToString() => nameof(CreateConversation);
}
