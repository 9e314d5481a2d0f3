using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Errors;
using OrleansChat.Requests;
using OrleansChat.Transfer;

namespace OrleansChat.Conversations;

/// <summary>Conversations themselves: create, list, read, change, delete.</summary>
internal static class ConversationApi
{
    public static RouteGroupBuilder MapConversations(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/conversations").WithTags("Conversations").WithRetryAfter();
        group.MapPost("/", Create).WithSummary("Create a conversation").Accepts<CreateConversationBody>("application/json");
        group.MapConversationList();
        group.MapGet("/{id}", Get).WithSummary("Read a conversation");
        group.MapPatch("/{id}", Update).WithSummary("Change a conversation").Accepts<UpdateConversationBody>("application/json");
        group.MapDelete("/{id}", Delete).WithSummary("Delete a conversation and its journal");
        group.MapTransfer();
        group.MapMessages();
        group.MapOneMessage();
        group.MapBranches();
        group.MapQueue();
        group.MapEvents();
        return group;
    }

    private static async Task<Results<Created<ConversationView>, ProblemHttpResult>> Create(
        HttpContext context, ConversationLookup conversations)
    {
        var key = await RequestKey.ReadAsync(context.Request);
        var body = await context.Request.ReadOptionalBodyAsync<CreateConversationBody>();
        switch (await conversations.CreateAsync(context, body.ToRequest(key)))
        {
            case CreateResult.Created created:
                IfMatch.Tell(context.Response, created.Conversation.Head);
                return TypedResults.Created($"/conversations/{created.Conversation.Id}", ConversationView.Of(created.Conversation));
            case var refused:
                return CreateResults.RefusalOf(refused);
        }
    }

    private static async Task<Results<Ok<ConversationView>, ProblemHttpResult>> Get(
        HttpContext context, ConversationLookup conversations, string id)
    {
        if (!conversations.TryFind(context, id, out var conversation, out _) || await conversation.GetAsync() is not { } found)
        {
            return Problems.ConversationNotFound();
        }

        IfMatch.Tell(context.Response, found.Head);
        return TypedResults.Ok(ConversationView.Of(found));
    }

    private static async Task<Results<Ok<ConversationView>, ProblemHttpResult>> Update(
        HttpContext context, ConversationLookup conversations, string id)
    {
        var body = await context.Request.ReadBodyAsync<UpdateConversationBody>();
        if (!conversations.TryFind(context, id, out var conversation, out _))
        {
            return Problems.ConversationNotFound();
        }

        return await conversation.UpdateAsync(body.ToRequest()) switch
        {
            UpdateResult.Updated updated => TypedResults.Ok(ConversationView.Of(updated.Conversation)),
            UpdateResult.UnknownModel unknown => Problems.UnknownModel(unknown.Known),
            UpdateResult.HistoryFull full => Problems.HistoryFull(full.Limits.Messages, full.Limits.Bytes),
            _ => Problems.ConversationNotFound(),
        };
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Delete(HttpContext context, ConversationLookup conversations, string id)
    {
        return conversations.TryFind(context, id, out var conversation, out _) && await conversation.DeleteAsync()
            ? TypedResults.NoContent()
            : Problems.ConversationNotFound();
    }
}
