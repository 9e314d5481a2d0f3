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
        var group = routes.MapGroup("/conversations").WithTags("Conversations");
        group.MapPost("/", Create).WithSummary("Create a conversation").Accepts<CreateConversationBody>("application/json");
        group.MapConversationList();
        group.MapGet("/{id}", Get).WithSummary("Read a conversation");
        group.MapPatch("/{id}", Update).WithSummary("Change a conversation").Accepts<UpdateConversationBody>("application/json");
        group.MapDelete("/{id}", Delete).WithSummary("Delete a conversation and its journal");
        group.MapTransfer();
        group.MapMessages();
        group.MapEvents();
        return group;
    }

    private static async Task<Results<Created<ConversationView>, ProblemHttpResult>> Create(
        HttpContext context, ConversationLookup conversations)
    {
        // A conversation can be created from nothing, so the body may be missing altogether.
        var body = context.Request.ContentLength is 0 || (context.Request.ContentLength is null && context.Request.ContentType is null)
            ? new CreateConversationBody()
            : await context.Request.ReadBodyAsync<CreateConversationBody>();
        var key = conversations.NewKey(context);
        return await conversations.Find(key).CreateAsync(body.ToRequest()) switch
        {
            CreateResult.Created created =>
                TypedResults.Created($"/conversations/{key.Id}", ConversationView.Of(created.Conversation)),
            CreateResult.UnknownModel unknown => Problems.UnknownModel(unknown.Known),
            var other => throw new InvalidOperationException($"A new conversation met {other.GetType().Name}."),
        };
    }

    private static async Task<Results<Ok<ConversationView>, ProblemHttpResult>> Get(
        HttpContext context, ConversationLookup conversations, string id)
    {
        return conversations.TryFind(context, id, out var conversation, out _) && await conversation.GetAsync() is { } found
            ? TypedResults.Ok(ConversationView.Of(found))
            : Problems.ConversationNotFound();
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
