using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Owners;
using OrleansChat.Requests;

namespace OrleansChat.Conversations;

/// <summary>An owner's conversations, page by page, and the search among them.</summary>
internal static class ConversationListApi
{
    public static void MapConversationList(this RouteGroupBuilder group) =>
        group.MapGet("/", List).WithSummary("List conversations, newest first, or search in titles and messages with ?q=");

    private static async Task<Ok<ConversationListView>> List(
        HttpContext context,
        IGrainFactory grains,
        TimeProvider clock,
        string? limit = null,
        string? after = null,
        string? before = null,
        string? q = null)
    {
        var owner = context.Owner();
        var grain = grains.GetGrain<IOwnerGrain>(owner.Value);
        var most = RequestReading.ReadLimit(limit);
        var (start, end) = (RequestReading.ReadConversation("after", after), RequestReading.ReadConversation("before", before));
        if (end is not null && (start is not null || q is not null))
        {
            throw RequestReading.Invalid("The query parameter 'before' goes neither with 'after' nor with 'q'.");
        }

        if (q is not null)
        {
            Rules.Required("q", q, Limits.SearchQuery);
            var found = await Patience.ReadAsync(() => grain.Search(owner, q, most, start), clock)
                ?? throw RequestReading.Invalid($"The query parameter 'q' has 1 to {Limits.SearchWords} different words, of letters and digits.");
            return TypedResults.Ok(new ConversationListView(
                [.. found.Matches.Select(ConversationView.Of)], found.Next is not null, found.Next?.Value));
        }

        var page = await Patience.ReadAsync(
            () => end is { } bound ? grain.ListNewer(owner, most, bound) : grain.List(owner, most, start), clock);
        return TypedResults.Ok(new ConversationListView([.. page.Conversations.Select(ConversationView.Of)], page.HasMore));
    }
}
