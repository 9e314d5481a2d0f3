using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Feeds;

namespace OrleansChat.Health;

/// <summary>What orchestrators and load balancers ask.</summary>
internal static class HealthApi
{
    // A silo that takes longer than this to answer a trivial call is not one to send users to.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/health").WithTags("Health");
        group.MapGet("/live", () => TypedResults.Ok(new HealthView("live", null))).WithSummary("Whether the process runs");
        group.MapGet("/ready", Ready).WithSummary("Whether it can serve: silos and their store answer, events arrive, it is not stopping");
    }

    private static async Task<Results<Ok<HealthView>, JsonHttpResult<HealthView>>> Ready(
        IGrainFactory grains, DeliverySubscription subscription, IHostApplicationLifetime lifetime)
    {
        if (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return NotReady("The process is stopping.");
        }

        if (!subscription.IsSubscribed)
        {
            return NotReady("This node does not receive events yet.");
        }

        try
        {
            return await grains.GetGrain<IHealthGrain>(0).StoreAnswers().WaitAsync(Patience)
                ? TypedResults.Ok(new HealthView("ready", null))
                : NotReady("The store does not answer.");
        }
        catch (Exception)
        {
            // Whatever keeps the silos from answering, the balancer needs to know only that they do not.
            return NotReady("No silo answers.");
        }
    }

    private static JsonHttpResult<HealthView> NotReady(string reason) =>
        TypedResults.Json(new HealthView("not_ready", reason), ApiJson.Default.HealthView, statusCode: StatusCodes.Status503ServiceUnavailable);
}

/// <summary>The answer to a health check.</summary>
/// <param name="Status"><c>live</c>, <c>ready</c> or <c>not_ready</c>.</param>
/// <param name="Reason">Why it is not ready.</param>
/// <param name="Runtime">What holds the conversations.</param>
internal sealed record HealthView(string Status, string? Reason, string Runtime)
{
    public HealthView(string status, string? reason)
        : this(status, reason, ActorRuntime.Name)
    {
    }
}
