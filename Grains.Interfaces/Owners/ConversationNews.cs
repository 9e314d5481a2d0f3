using OrleansChat.Conversations;

namespace OrleansChat.Owners;

/// <summary>What became of a conversation.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Id">To which conversation.</param>
/// <param name="Conversation">The conversation after it; null after its deletion.</param>
/// <param name="Reply">The reply that has started or ended; null for other news.</param>
/// <param name="Outcome">How the reply ended; null for other news.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ConversationNews")]
public sealed record ConversationNews(
    [property: Id(0)] NewsKind Kind,
    [property: Id(1)] ConversationId Id,
    [property: Id(2)] Conversation? Conversation,
    [property: Id(3)] string? Reply = null,
    [property: Id(4)] MessageStatus? Outcome = null)
{
    /// <summary>Its place among the owner's news; null before that is known.</summary>
    [Id(5)]
    public NewsPosition? Position { get; init; }
}

/// <summary>What a piece of <see cref="ConversationNews"/> tells.</summary>
[GenerateSerializer, Alias("OrleansChat.NewsKind")]
public enum NewsKind
{
    /// <summary>It exists.</summary>
    Created,

    /// <summary>Its title or another attribute changed.</summary>
    Updated,

    /// <summary>A reply has started.</summary>
    Replying,

    /// <summary>A reply has ended.</summary>
    Finished,

    /// <summary>It exists no more.</summary>
    Deleted,
}
