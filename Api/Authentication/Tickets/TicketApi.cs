using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Errors;
using OrleansChat.Keys;
using OrleansChat.Owners;

namespace OrleansChat.Authentication;

/// <summary>Tickets, for readers that cannot send headers.</summary>
internal static class TicketApi
{
    public static void MapTickets(this IEndpointRouteBuilder routes) =>
        routes.MapPost("/conversations/{id}/tickets", Create)
            .WithTags("Authentication")
            .WithSummary("Get a ticket with which an EventSource can read this conversation's streams")
            .RequireScope(Scope.Read);

    private static async Task<Results<Created<TicketView>, ProblemHttpResult>> Create(
        HttpContext context, ConversationLookup conversations, Sealer sealer, IOptions<SignInOptions> options, TimeProvider clock, string id)
    {
        if (!conversations.TryFind(context, id, out var conversation, out var key) || await conversation.GetAsync() is null)
        {
            return Problems.ConversationNotFound();
        }

        var caller = context.Identity();
        var end = clock.GetUtcNow() + options.Value.Tickets.Lifetime;
        end = caller.ExpiresAt < end ? caller.ExpiresAt.Value : end;
        context.Response.Headers.CacheControl = "no-store";
        var pass = new SealedPass(caller.SignedInBy, caller.Owner.Value, caller.KeyId, end, key.Id.Value);
        return TypedResults.Created((string?)null, new TicketView(sealer.Seal(pass), end));
    }
}
