using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Turns;
using OrleansChat.Dialects.Responses.Views;

namespace OrleansChat.Dialects.Responses.Items;

/// <summary>
/// From an item's id to the item: as the conversation lists it, or as its response has told it. A response that says something, calls a function and goes on
/// speaking tells two items of what is one text in the conversation.
/// </summary>
internal sealed class ItemLookup(ResponseReading reading)
{
    /// <summary>The item; null where there is none.</summary>
    /// <param name="place">The conversation.</param>
    /// <param name="message">The message that it is a part of.</param>
    /// <param name="id">Its id, which names that message.</param>
    /// <param name="withSignatures">Whether to tell what a model's provider wants back.</param>
    /// <param name="aborted">Done when the caller has left.</param>
    public async Task<ItemView?> FindAsync(ConversationKey place, Message message, string id, bool withSignatures, CancellationToken aborted) =>
        MessageItems.Of(place.Id, message, withSignatures).FirstOrDefault(item => item.Id == id)
        ?? (await ToldAsync(place, message, withSignatures, aborted)).FirstOrDefault(item => item.Id == id);

    /// <summary>All items that a response has told; none of what is no reply.</summary>
    /// <param name="place">The conversation.</param>
    /// <param name="message">The reply.</param>
    /// <param name="withSignatures">Whether to tell what a model's provider wants back.</param>
    /// <param name="aborted">Done when the caller has left.</param>
    public async Task<IReadOnlyList<ItemView>> ToldAsync(ConversationKey place, Message message, bool withSignatures, CancellationToken aborted) =>
        message is { Role: MessageRole.Assistant, Model: not null }
            ? (await reading.ReadAsync(new ResponseKey(place, message.Id), aborted, withSignatures))?.Output ?? []
            : [];
}
