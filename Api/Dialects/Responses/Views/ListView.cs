using System.Collections.Immutable;

namespace OrleansChat.Dialects.Responses.Views;

/// <summary>A page of items.</summary>
internal sealed record ListView(ImmutableArray<ItemView> Data, string? FirstId, string? LastId, bool HasMore)
{
    public string Object { get; } = "list";

    /// <summary>Shows a page.</summary>
    public static ListView Of(ImmutableArray<ItemView> items, bool hasMore) =>
        new(items, items.FirstOrDefault()?.Id, items.LastOrDefault()?.Id, hasMore);
}
