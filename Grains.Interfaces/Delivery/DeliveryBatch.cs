using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Owners;

namespace OrleansChat.Delivery;

/// <summary>One item of a node's stream: what a silo committed in many conversations since its last item.</summary>
/// <param name="Items">In the order of commits within each conversation.</param>
/// <param name="CommittedAt">When the oldest of them was committed, or before (UTC, by the silo's clock); the default where that is not known.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.DeliveryBatch")]
public sealed record DeliveryBatch([property: Id(0)] ImmutableArray<DeliveryItem> Items, [property: Id(1)] DateTime CommittedAt = default);

/// <summary>News of one conversation.</summary>
/// <param name="Conversation">Which conversation.</param>
/// <param name="Kind">What happened.</param>
/// <param name="Block">The events, for <see cref="DeliveryKind.Events"/>; null otherwise.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.DeliveryItem")]
public sealed record DeliveryItem(
    [property: Id(0)] ConversationKey Conversation,
    [property: Id(1)] DeliveryKind Kind,
    [property: Id(2)] EventBlock? Block)
{
    /// <summary>The news, for <see cref="DeliveryKind.OwnerNews"/>; null otherwise.</summary>
    [Id(3)]
    public ConversationNews? News { get; init; }

    /// <summary>About how many bytes of content it carries.</summary>
    public int Size => (Block?.Lines.Length ?? 0) + (News?.Conversation is { } about ? (about.System?.Length ?? 0) + TypicalSummary : 0);

    // Ids, times, a title and some metadata.
    private const int TypicalSummary = 512;
}

/// <summary>What a <see cref="DeliveryItem"/> tells.</summary>
[GenerateSerializer, Alias("OrleansChat.DeliveryKind")]
public enum DeliveryKind
{
    /// <summary>Events were committed.</summary>
    Events,

    /// <summary>The conversation was deleted.</summary>
    Deleted,

    /// <summary>Ask the grain: it left its silo and forgot who watches, or its news is too large to be carried.</summary>
    Refresh,

    /// <summary>Something became of it that its owner may want to know.</summary>
    OwnerNews,
}
