using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Items;
using OrleansChat.Dialects.Responses.Requests;
using OrleansChat.Dialects.Responses.Views;
using OrleansChat.Errors;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Conversations;

/// <summary>A conversation's items: list, add, read, delete.</summary>
internal static class ItemsApi
{
    public static void MapItems(this RouteGroupBuilder group)
    {
        group.MapGet("/conversations/{id}/items", List).WithSummary("List a conversation's items");
        group.MapPost("/conversations/{id}/items", Create).WithSummary("Add items to a conversation").Accepts<CreateItemsBody>("application/json");
        group.MapGet("/conversations/{id}/items/{item}", Get).WithSummary("Read an item");
        group.MapDelete("/conversations/{id}/items/{item}", Delete).WithSummary("Delete an item, with the message that it is a part of");
    }

    private static async Task<Results<Ok<ListView>, ProblemHttpResult>> List(
        HttpContext context, ConversationLookup conversations, string id, string? limit = null, string? after = null, string? order = null)
    {
        var pages = Pages.Read(context.Request, limit, after, order);
        if (!conversations.TryFind(context, id, out var conversation, out var place) || await conversation.GetAsync() is null)
        {
            return Problems.ConversationNotFound();
        }

        return await ConversationItems.ListAsync(conversation, place.Id, pages) is { } list
            ? TypedResults.Ok(list)
            : Problems.UnknownMessage("The query parameter 'after' names no item that is listed here.");
    }

    private static async Task<Results<Ok<ListView>, ProblemHttpResult>> Create(
        HttpContext context, ConversationLookup conversations, RequestAttempts attempts, ItemReferences references, string id)
    {
        var asked = await RequestAttempts.ReadAsync(context.Request);
        var body = await context.Request.ReadBodyAsync<CreateItemsBody>();
        if (!conversations.TryFind(context, id, out var conversation, out var place))
        {
            return Problems.ConversationNotFound();
        }

        var turns = InputTurns.Of(await references.ResolveAsync(context, body.Input));
        var key = await attempts.NameAsync(context, asked, place.Id);
        var result = await conversation.AppendAsync(new AppendMessages(turns) { Request = key.Value, Fingerprint = key.Fingerprint });
        if (result is not AppendResult.Appended)
        {
            RequestAttempts.Refused(context);
        }

        switch (result)
        {
            case AppendResult.Appended appended:
                var items = new List<ItemView>();
                foreach (var message in appended.Ids)
                {
                    items.AddRange(await conversation.GetMessageAsync(message) is { } found ? MessageItems.Of(place.Id, found, Pages.IncludesSignatures(context.Request)) : []);
                }

                return TypedResults.Ok(ListView.Of([.. items], hasMore: false));
            case AppendResult.Busy busy:
                return Problems.ReplyRuns(busy.Reply);
            case AppendResult.UnknownCall unknown:
                return Problems.UnknownToolCall(unknown.Call, unknown.OpenCalls);
            case AppendResult.HistoryFull full:
                return Problems.HistoryFull(full.Limits.Messages, full.Limits.Bytes);
            case AppendResult.OtherRequest:
                return Problems.KeyOfAnotherRequest();
            default:
                return Problems.ConversationNotFound();
        }
    }

    private static async Task<Results<Ok<ItemView>, ProblemHttpResult>> Get(
        HttpContext context, ConversationLookup conversations, ItemLookup items, string id, string item) =>
        conversations.TryFind(context, id, out var conversation, out var place)
        && ItemId.TryParse(item, out var parsed)
        && parsed.Conversation == place.Id
        && await conversation.GetMessageAsync(parsed.Message) is { } message
        && await items.FindAsync(place, message, item, Pages.IncludesSignatures(context.Request), context.RequestAborted) is { } found
            ? TypedResults.Ok(found)
            : Problems.ItemNotFound();

    private static async Task<Results<Ok<ConversationResource>, ProblemHttpResult>> Delete(
        HttpContext context, ConversationLookup conversations, ItemLookup items, string id, string item)
    {
        if (!conversations.TryFind(context, id, out var conversation, out var place) || !ItemId.TryParse(item, out var parsed) || parsed.Conversation != place.Id)
        {
            return Problems.ItemNotFound();
        }

        // Of a message that is gone nobody knows any more which items it had, and who repeats himself is to be answered as before.
        if (await conversation.GetMessageAsync(parsed.Message) is { } message
            && await items.FindAsync(place, message, item, withSignatures: false, context.RequestAborted) is null)
        {
            return Problems.ItemNotFound();
        }

        return await conversation.DeleteMessageAsync(parsed.Message) switch
        {
            DeleteMessageResult.Running => Problems.ReplyRuns(parsed.Message),
            DeleteMessageResult.Deleted when await conversation.GetAsync() is { } left => TypedResults.Ok(ConversationResource.Of(left)),
            _ => Problems.ItemNotFound(),
        };
    }
}
