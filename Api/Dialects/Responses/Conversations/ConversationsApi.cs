using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Requests;
using OrleansChat.Dialects.Responses.Turns;
using OrleansChat.Dialects.Responses.Views;
using OrleansChat.Errors;
using OrleansChat.Owners;
using OrleansChat.Requests;

namespace OrleansChat.Dialects.Responses.Conversations;

/// <summary>Conversations themselves: create, list, read, change, delete.</summary>
internal static class ConversationsApi
{
    public static void MapConversationResources(this RouteGroupBuilder group)
    {
        group.MapPost("/conversations", Create).WithSummary("Create a conversation").Accepts<NewConversationBody>("application/json");
        group.MapGet("/conversations", List).WithSummary("List conversations, newest first");
        group.MapGet("/conversations/{id}", Get).WithSummary("Read a conversation");
        group.MapPost("/conversations/{id}", Update).WithSummary("Change a conversation's metadata").Accepts<UpdateMetadataBody>("application/json");
        group.MapDelete("/conversations/{id}", Delete).WithSummary("Delete a conversation");
        group.MapItems();
    }

    private static async Task<Results<Ok<ConversationResource>, ProblemHttpResult>> Create(
        HttpContext context, ConversationLookup conversations, RequestAttempts attempts, ItemReferences references)
    {
        var asked = await RequestAttempts.ReadAsync(context.Request);
        var body = await context.Request.ReadOptionalBodyAsync<NewConversationBody>();
        var history = InputTurns.Of(await references.ResolveAsync(context, body.Input));
        var key = await attempts.NameAsync(context, asked);
        var request = new CreateConversation(null, null, null, body.Metadata ?? ImmutableSortedDictionary<string, string>.Empty, history)
        {
            Request = key.Value,
            Fingerprint = key.Fingerprint,
        };
        var result = await conversations.CreateAsync(context, request);
        if (result is CreateResult.Created created)
        {
            return TypedResults.Ok(ConversationResource.Of(created.Conversation));
        }

        RequestAttempts.Refused(context);
        return CreateResults.RefusalOf(result);
    }

    private static async Task<Ok<ConversationListing>> List(
        HttpContext context, IGrainFactory grains, TimeProvider clock, string? limit = null, string? after = null)
    {
        var owner = context.Owner();
        var most = RequestReading.ReadLimit(limit);
        var start = RequestReading.ReadConversation("after", after);
        var page = await Patience.ReadAsync(() => grains.GetGrain<IOwnerGrain>(owner.Value).List(owner, most, start), clock);
        return TypedResults.Ok(ConversationListing.Of([.. page.Conversations.Select(ConversationResource.Of)], page.HasMore));
    }

    private static async Task<Results<Ok<ConversationResource>, ProblemHttpResult>> Get(
        HttpContext context, ConversationLookup conversations, string id) =>
        conversations.TryFind(context, id, out var conversation, out _) && await conversation.GetAsync() is { } found
            ? TypedResults.Ok(ConversationResource.Of(found))
            : Problems.ConversationNotFound();

    private static async Task<Results<Ok<ConversationResource>, ProblemHttpResult>> Update(
        HttpContext context, ConversationLookup conversations, string id)
    {
        var body = await context.Request.ReadBodyAsync<UpdateMetadataBody>();
        if (!conversations.TryFind(context, id, out var conversation, out _) || await conversation.GetAsync() is not { } found)
        {
            return Problems.ConversationNotFound();
        }

        var metadata = body.Metadata ?? ImmutableSortedDictionary<string, string>.Empty;
        var change = new UpdateConversation { Metadata = ImplicitConversations.IsImplicit(found) ? metadata.SetItems(ImplicitConversations.Mark) : metadata };
        return await conversation.UpdateAsync(change) switch
        {
            UpdateResult.Updated updated => TypedResults.Ok(ConversationResource.Of(updated.Conversation)),
            UpdateResult.HistoryFull full => Problems.HistoryFull(full.Limits.Messages, full.Limits.Bytes),
            _ => Problems.ConversationNotFound(),
        };
    }

    private static async Task<Results<Ok<DeletedView>, ProblemHttpResult>> Delete(HttpContext context, ConversationLookup conversations, string id) =>
        conversations.TryFind(context, id, out var conversation, out _) && await conversation.DeleteAsync()
            ? TypedResults.Ok(new DeletedView(id, "conversation.deleted"))
            : Problems.ConversationNotFound();
}
