using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Search;
using OrleansChat.Usage;

namespace OrleansChat.Owners;

/// <summary>Answers questions about all of an owner's conversations. The grain's key is an <see cref="OwnerId"/>.</summary>
[Alias("OrleansChat.IOwnerGrain")]
public interface IOwnerGrain : IGrainWithStringKey
{
    /// <summary>How long a caller waits for what takes the store longer than a page does: just short of how long it is asked again, so that it is, once.</summary>
    private const string SearchTimeout = "00:00:04.5";

    /// <summary>A page of the owner's conversations, newest first.</summary>
    /// <param name="caller">Who asks; anybody but the owner sees none.</param>
    /// <param name="limit">How many at most, 1 or more.</param>
    /// <param name="after">The id after which the page starts, itself excluded; null for the newest.</param>
    [Alias("List"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<ConversationPage> List(OwnerId caller, int limit, ConversationId? after);

    /// <summary>The page that comes before an id in the same order.</summary>
    /// <param name="caller">Who asks; anybody but the owner sees none.</param>
    /// <param name="limit">How many at most, 1 or more.</param>
    /// <param name="before">The id before which the page ends, itself excluded.</param>
    /// <returns>The page, newest first; its <see cref="ConversationPage.HasMore"/> says whether newer ones come before it.</returns>
    [Alias("ListNewer"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<ConversationPage> ListNewer(OwnerId caller, int limit, ConversationId before);

    /// <summary>The owner's conversations in whose title or messages all words of a text stand, newest first.</summary>
    /// <param name="caller">Who asks; for anybody but the owner nothing is found.</param>
    /// <param name="words">The text.</param>
    /// <param name="limit">How many at most, 1 or more.</param>
    /// <param name="after">The id after which the page starts, itself excluded; null for the newest.</param>
    /// <returns>The page; null when the text has no word in it, or too many.</returns>
    [Alias("Search"), ResponseTimeout(SearchTimeout)]
    Task<SearchPage?> Search(OwnerId caller, string words, int limit, ConversationId? after);

    /// <summary>What the owner's replies cost, deleted conversations' too, by day, model and currency, in this order.</summary>
    /// <param name="caller">Who asks; for anybody but the owner there is nothing.</param>
    /// <param name="from">The first day on which they ended (UTC).</param>
    /// <param name="to">The last day (UTC).</param>
    [Alias("GetUsage"), ResponseTimeout(SearchTimeout)]
    Task<ImmutableArray<UsageRow>> GetUsage(OwnerId caller, DateOnly from, DateOnly to);
}

/// <summary>A page of conversations.</summary>
/// <param name="Conversations">The conversations, newest first.</param>
/// <param name="HasMore">Whether older ones follow.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.ConversationPage")]
public sealed record ConversationPage(
    [property: Id(0)] ImmutableArray<Conversation> Conversations,
    [property: Id(1)] bool HasMore);
