using System.Collections.Immutable;
using OrleansChat.Conversations;

namespace OrleansChat.Owners;

/// <summary>Answers questions about all of an owner's conversations. The grain's key is an <see cref="OwnerId"/>.</summary>
[Alias("OrleansChat.IOwnerGrain")]
public interface IOwnerGrain : IGrainWithStringKey
{
    /// <summary>A page of the owner's conversations, newest first.</summary>
    /// <param name="caller">Who asks; anybody but the owner sees none.</param>
    /// <param name="limit">How many at most, 1 or more.</param>
    /// <param name="after">The id after which the page starts, itself excluded; null for the newest.</param>
    [Alias("List")]
    Task<ConversationPage> List(OwnerId caller, int limit, ConversationId? after);
}

/// <summary>A page of conversations.</summary>
/// <param name="Conversations">The conversations, newest first.</param>
/// <param name="HasMore">Whether older ones follow.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ConversationPage")]
public sealed record ConversationPage(
    [property: Id(0)] ImmutableArray<Conversation> Conversations,
    [property: Id(1)] bool HasMore);
