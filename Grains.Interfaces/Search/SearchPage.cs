using System.Collections.Immutable;
using OrleansChat.Conversations;

namespace OrleansChat.Search;

/// <summary>A page of what a search found.</summary>
/// <param name="Matches">The conversations, newest first; may be fewer than asked for, or none, although there is more.</param>
/// <param name="Next">The id after which the search goes on; null when it is complete.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.SearchPage")]
public sealed record SearchPage(
    [property: Id(0)] ImmutableArray<ConversationMatch> Matches, [property: Id(1)] ConversationId? Next);
