using System.Collections.Immutable;

namespace OrleansChat.Dialects.Responses.Views;

/// <summary>A page of conversations.</summary>
internal sealed record ConversationListing(ImmutableArray<ConversationResource> Data, string? FirstId, string? LastId, bool HasMore)
{
    public string Object { get; } = "list";

    /// <summary>Shows a page.</summary>
    public static ConversationListing Of(ImmutableArray<ConversationResource> conversations, bool hasMore) =>
        new(conversations, conversations.FirstOrDefault()?.Id, conversations.LastOrDefault()?.Id, hasMore);
}
