using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Feeds;
using OrleansChat.Keys;
using OrleansChat.Owners;

namespace OrleansChat.Health;

/// <summary>What orchestrators and load balancers ask.</summary>
internal static class HealthApi
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("Health").AllowAnonymous();
        group.MapGet("/live", () => TypedResults.Ok(new HealthView("live", null, null))).WithSummary("Whether the process runs");
        group.MapGet("/ready", Ready).WithSummary("Whether it can serve: silos and their store answer, events arrive, it is not stopping");
    }

    private static async Task<Results<Ok<HealthView>, JsonHttpResult<HealthView>>> Ready(
        HttpContext context, Readiness readiness, DeliverySubscription subscription, IHostApplicationLifetime lifetime)
    {
        // What the inside is made of, and what of it fails, is for those who look after it.
        var isForAdmin = context.FindIdentity()?.May(Scope.Admin) == true;
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return NotReady("The process is stopping.");
        }

        if (!subscription.IsSubscribed)
        {
            return NotReady("This node does not receive events yet.");
        }

        return await readiness.FindReasonAgainstAsync() is { } reason
            ? NotReady(reason)
            : TypedResults.Ok(new HealthView("ready", null, isForAdmin ? ActorRuntime.Name : null));

        JsonHttpResult<HealthView> NotReady(string reason) => TypedResults.Json(
            isForAdmin ? new HealthView("not_ready", reason, ActorRuntime.Name) : new HealthView("not_ready", null, null),
            ApiJson.Default.HealthView,
            statusCode: StatusCodes.Status503ServiceUnavailable);
    }
}

/// <summary>The answer to a health check.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c> or <c>not_ready</c>.</param>
/// <param name="Reason">Why it is not ready; for callers with the scope <c>admin</c>, else null.</param>
/// <param name="Runtime">What holds the conversations; for the same, else null.</param>
internal sealed record HealthView(string Status, string? Reason, string? Runtime);
