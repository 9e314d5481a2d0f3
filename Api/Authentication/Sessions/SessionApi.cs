using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.Options;
using OrleansChat.Errors;
using OrleansChat.Owners;
using OrleansChat.Requests;

namespace OrleansChat.Authentication;

/// <summary>Who the caller is; and how a browser signs in and out.</summary>
internal static class SessionApi
{
    // A key and what stands around it: who has none may send as much.
    private const int BodyBytes = 4 * 1024;

    public static void MapSession(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/session").WithTags("Authentication").AllowAnonymous();
        group.AddEndpointFilter(RefuseOthersPagesAsync);
        group.MapGet("", Get).WithSummary("Who the caller is, and what he may do");
        group.MapPost("", SignIn).WithSummary("Sign in with a key, and get a cookie").Accepts<SessionBody>("application/json").TakesBodyOf(() => BodyBytes);
        group.MapDelete("", SignOut).WithSummary("Sign out");
    }

    private static Results<Ok<SessionView>, ProblemHttpResult> Get(HttpContext context) =>
        context.FindIdentity() is { } caller ? TypedResults.Ok(SessionView.Of(caller)) : Refusals.Unauthenticated(context);

    private static async Task<Results<NoContent, ProblemHttpResult>> SignIn(
        HttpContext context, SignInMode mode, KnownKeys keys, Sealer sealer, IOptions<SignInOptions> options, TimeProvider clock)
    {
        if (!mode.HasKeys)
        {
            throw RequestReading.Invalid("Nobody signs in with a key here: GET /session says who you are.");
        }

        var body = await context.Request.ReadBodyAsync<SessionBody>();
        if (await keys.FindShownAsync(body.Key) is not { Key: { } key })
        {
            return Refusals.Unauthenticated(context);
        }

        var end = clock.GetUtcNow() + options.Value.Sessions.Lifetime;
        end = key.ExpiresAt < end ? key.ExpiresAt.Value : end;
        SessionCookie.Set(context, sealer.Seal(new SealedPass(SignedInBy.Session, key.Owner.Value, key.Id, end, Shown: body.Key)), end);
        return TypedResults.NoContent();
    }

    private static NoContent SignOut(HttpContext context)
    {
        SessionCookie.Clear(context);
        return TypedResults.NoContent();
    }

    // These are open to all, so nothing has asked this before: another site's page must not sign anybody in or out.
    private static async ValueTask<object?> RefuseOthersPagesAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        context.HttpContext.Response.Headers.CacheControl = "no-store";
        var guard = context.HttpContext.RequestServices.GetRequiredService<CrossSiteGuard>();
        return guard.IsFromElsewhere(context.HttpContext.Request) ? Problems.CrossSite() : await next(context);
    }
}
