using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Items;
using OrleansChat.Dialects.Responses.Requests;
using OrleansChat.Dialects.Responses.Views;

namespace OrleansChat.Dialects.Responses.Conversations;

/// <summary>The items of a conversation's active branch, page by page.</summary>
internal static class ConversationItems
{
    /// <summary>A page of them.</summary>
    /// <returns>The page; null where there is no such conversation, or no such item in it.</returns>
    public static async Task<ListView?> ListAsync(PatientConversation conversation, ConversationId id, Pages pages)
    {
        var items = new List<ItemView>();
        var query = new MessagesQuery(pages.Limit) { NewestFirst = pages.NewestFirst };
        if (pages.After is not null)
        {
            if (await FindAsync(conversation, id, pages.After) is not { } after)
            {
                return null;
            }

            items.AddRange(Of(after).SkipWhile(item => item.Id != pages.After).Skip(1));
            query = query with { After = after.Id };
        }

        // One more tells whether there are more.
        if (await conversation.ReadBranchAsync(query, read => items.Count + read.Sum(message => Of(message).Count()) > pages.Limit) is not { } messages)
        {
            return null;
        }

        items.AddRange(messages.SelectMany(Of));
        return ListView.Of([.. items.Take(pages.Limit)], items.Count > pages.Limit);

        IEnumerable<ItemView> Of(Message message)
        {
            var own = MessageItems.Of(id, message, pages.WithSignatures);
            return pages.NewestFirst ? own.Reverse() : own;
        }
    }

    // The message that an item is a part of; null where there is no such item.
    private static async Task<Message?> FindAsync(PatientConversation conversation, ConversationId id, string item) =>
        ItemId.TryParse(item, out var parsed)
        && parsed.Conversation == id
        && await conversation.GetMessageAsync(parsed.Message) is { } message
        && MessageItems.Of(id, message, withSignatures: false).Any(each => each.Id == item)
            ? message
            : null;
}
