using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Items;
using OrleansChat.Dialects.Responses.Requests;
using OrleansChat.Dialects.Responses.Views;

namespace OrleansChat.Dialects.Responses.Turns;

/// <summary>What a response was a reply to: the items that came since the response before it.</summary>
internal static class ResponseInput
{
    /// <summary>The items, in the order asked for.</summary>
    public static async Task<ImmutableArray<ItemView>> ReadAsync(PatientConversation conversation, ConversationId id, Message reply, Pages pages)
    {
        var items = new List<ItemView>();
        var query = new MessagesQuery(Pages.Most) { Head = reply.Parent, NewestFirst = true };
        while (await conversation.GetMessagesAsync(query) is MessagesResult.Page page)
        {
            var own = page.Messages.TakeWhile(message => message is not { Role: MessageRole.Assistant, Model: not null }).ToList();
            items.AddRange(own.SelectMany(message => MessageItems.Of(id, message, pages.WithSignatures).Reverse()));
            if (own.Count < page.Messages.Length || !page.HasMore)
            {
                break;
            }

            query = query with { After = page.Messages[^1].Id };
        }

        return pages.NewestFirst ? [.. items] : [.. Enumerable.Reverse(items)];
    }
}
