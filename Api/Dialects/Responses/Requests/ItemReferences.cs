using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Items;
using OrleansChat.Owners;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Requests;

/// <summary>
/// Puts items in the place of references to them. Of what is one text in a conversation and was told as several items, the first stands for all, and the others for
/// nothing.
/// </summary>
internal sealed class ItemReferences(ConversationLookup conversations, ItemLookup lookup)
{
    /// <summary>The items, without references.</summary>
    /// <exception cref="Errors.InvalidRequestException">One that is named is not to be had.</exception>
    public async Task<ImmutableArray<InputItem>> ResolveAsync(HttpContext context, ImmutableArray<InputItem> items)
    {
        if (!items.Any(item => item is InputItem.Reference))
        {
            return items;
        }

        var owner = context.Owner();
        var known = new Dictionary<(ConversationId, string), Message?>();
        var told = new Dictionary<(ConversationId, string), HashSet<string>>();
        var last = "";
        var resolved = ImmutableArray.CreateBuilder<InputItem>(items.Length);
        foreach (var item in items)
        {
            if (item is not InputItem.Reference { Id: var id, Place: var place })
            {
                resolved.Add(item);
                continue;
            }

            if (!known.TryGetValue((id.Conversation, id.Message), out var message))
            {
                message = await conversations.Find(new ConversationKey(owner, id.Conversation)).GetMessageAsync(id.Message);
                known[(id.Conversation, id.Message)] = message;
            }

            if (message is not null && Find(message, id) is { } found)
            {
                resolved.Add(found);
                continue;
            }

            last = message is not null && (await ToldAsync(message, id.Conversation)).Contains(id.ToString())
                ? place
                : throw RequestReading.Invalid($"'{place}' names no item that is kept here.");
        }

        return resolved.Count > 0
            ? resolved.DrainToImmutable()
            : throw RequestReading.Invalid($"'{last}' is a part of what the first item of its response says. Name that one.");

        async Task<HashSet<string>> ToldAsync(Message message, ConversationId conversation)
        {
            if (!told.TryGetValue((conversation, message.Id), out var ids))
            {
                var output = await lookup.ToldAsync(new ConversationKey(owner, conversation), message, withSignatures: false, context.RequestAborted);
                told[(conversation, message.Id)] = ids = [.. output.Select(item => item.Id)];
            }

            return ids;
        }
    }

    private static InputItem? Find(Message message, ItemId id) => (id.Prefix, message.Role) switch
    {
        (ItemId.OfReasoning, MessageRole.Assistant) when At(message.Reasoning, id.Index) is { } block => new InputItem.Thought(block),
        (ItemId.OfCall, MessageRole.Assistant) when At(message.ToolCalls, id.Index) is { } call => new InputItem.Called(call),
        (ItemId.OfOutput, MessageRole.Tool) when At(message.ToolResults, id.Index) is { } result => new InputItem.Answered(result),
        (ItemId.OfMessage, not MessageRole.Tool) when id.Index == 0 =>
            new InputItem.Said(new PastMessage(message.Role, message.Content) { Parts = message.Parts, Refusal = message.Refusal }),
        _ => null,
    };

    private static T? At<T>(ImmutableArray<T> items, int index)
        where T : class => index < items.Length ? items[index] : null;
}
