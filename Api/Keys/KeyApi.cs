using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Errors;
using OrleansChat.Owners;
using OrleansChat.Requests;

namespace OrleansChat.Keys;

/// <summary>API keys, for administrators: make, list, revoke.</summary>
internal static class KeyApi
{
    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/keys").WithTags("Authentication").RequireScope(Scope.Admin);
        group.MapPost("", Create).WithSummary("Make a key, which is shown this once").Accepts<CreateKeyBody>("application/json");
        group.MapGet("", List).WithSummary("List keys, newest first");
        group.MapDelete("/{id}", Revoke).WithSummary("Revoke a key, and what it let in");
    }

    private static async Task<Created<KeyView>> Create(HttpContext context, IGrainFactory grains, TimeProvider clock)
    {
        var body = await context.Request.ReadOptionalBodyAsync<CreateKeyBody>();
        var (text, key) = body.Make(context.Owner(), clock);
        await Patience.WriteAsync(
            async _ =>
            {
                await grains.GetGrain<IKeysGrain>(0).Add(key);
                return true;
            },
            clock);
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.Created((string?)null, KeyView.Of(key) with { Key = text });
    }

    private static async Task<Results<Ok<KeyListView>, ProblemHttpResult>> List(
        IGrainFactory grains, TimeProvider clock, string? limit = null, string? after = null)
    {
        var most = RequestReading.ReadLimit(limit);
        if (after is not null && !KeyText.IsId(after))
        {
            throw RequestReading.Invalid("The query parameter 'after' is a key's id.");
        }

        var page = await Patience.ReadAsync(() => grains.GetGrain<IKeysGrain>(0).List(most, after), clock);
        return TypedResults.Ok(new KeyListView([.. page.Keys.Select(KeyView.Of)], page.HasMore));
    }

    private static async Task<Results<Ok<KeyView>, ProblemHttpResult>> Revoke(
        IGrainFactory grains, KnownKeys known, TimeProvider clock, string id)
    {
        if (!KeyText.IsId(id) || await Patience.WriteAsync(_ => grains.GetGrain<IKeysGrain>(0).Revoke(id), clock) is not { } key)
        {
            return Problems.KeyNotFound();
        }

        await known.ChangedAsync(id);
        return TypedResults.Ok(KeyView.Of(key));
    }
}
