using System.Collections.Immutable;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Views;
using OrleansChat.Limiting;

namespace OrleansChat.Dialects.Responses.Items;

/// <summary>The items of which a message of a conversation consists.</summary>
internal static class MessageItems
{
    /// <summary>The items, in the order in which they were said.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="message">The message.</param>
    /// <param name="withSignatures">Whether to tell what a model's provider wants back.</param>
    public static ImmutableArray<ItemView> Of(ConversationId conversation, Message message, bool withSignatures) => message.Role switch
    {
        MessageRole.Assistant => OfReply(conversation, message, withSignatures),
        MessageRole.Tool =>
        [
            .. message.ToolResults.Select((result, i) => ItemView.CallOutput(IdOf(conversation, message, ItemId.OfOutput, i), result.ToolCallId, result.Content)),
        ],
        _ =>
        [
            ItemView.Message(
                IdOf(conversation, message, ItemId.OfMessage),
                ItemStatus.Completed,
                message.Role == MessageRole.System ? "system" : "user",
                InputOf(message)),
        ],
    };

    private static ImmutableArray<ItemView> OfReply(ConversationId conversation, Message message, bool withSignatures)
    {
        var status = message.Status switch
        {
            MessageStatus.InProgress => ItemStatus.InProgress,
            MessageStatus.Completed when message.FinishReason is not ("length" or "content_filter" or FinishReason.Budget) => ItemStatus.Completed,
            _ => ItemStatus.Incomplete,
        };
        var asSummary = ResponseNotes.Of(message.Options).ReasoningSummary is not null;
        var items = ImmutableArray.CreateBuilder<ItemView>();
        for (var i = 0; i < message.Reasoning.Length; i++)
        {
            var block = message.Reasoning[i];
            var id = IdOf(conversation, message, ItemId.OfReasoning, i);
            items.Add(ItemView.Reasoning(id, ItemStatus.Completed, block.Text, asSummary, withSignatures ? block.Signature : null));
        }

        ImmutableArray<ContentView> said =
        [
            .. message.Content.Length > 0 ? [ContentView.OutputText(message.Content)] : ImmutableArray<ContentView>.Empty,
            .. message.Refusal is { } refusal ? [ContentView.OfRefusal(refusal)] : ImmutableArray<ContentView>.Empty,
        ];
        if (!said.IsEmpty || (items.Count == 0 && message.ToolCalls.IsEmpty))
        {
            items.Add(ItemView.Message(IdOf(conversation, message, ItemId.OfMessage), status, "assistant", said));
        }

        for (var i = 0; i < message.ToolCalls.Length; i++)
        {
            var call = message.ToolCalls[i];
            items.Add(ItemView.Call(IdOf(conversation, message, ItemId.OfCall, i), status, call.Id, call.Name, call.Arguments));
        }

        return items.DrainToImmutable();
    }

    private static string IdOf(ConversationId conversation, Message message, string prefix, int index = 0) =>
        new ItemId(prefix, conversation, message.Id, index).ToString();

    private static ImmutableArray<ContentView> InputOf(Message message) => message.Parts.IsEmpty
        ? [ContentView.InputText(message.Content)]
        : [
            .. message.Parts.Select(part => part.Type == ContentPartType.Text
                ? ContentView.InputText(part.Text ?? "")
                : ContentView.InputImage(part.Url ?? "", part.Detail)),
        ];
}
