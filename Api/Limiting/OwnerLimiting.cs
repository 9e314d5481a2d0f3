using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Options;
using OrleansChat.Errors;
using OrleansChat.Hosting;
using OrleansChat.Owners;

namespace OrleansChat.Limiting;

/// <summary>Has owners who are limited get no more than that.</summary>
internal static class OwnerLimiting
{
    /// <summary>Adds what it takes, the limits themselves with it.</summary>
    public static IServiceCollection AddLimiting(this IServiceCollection services)
    {
        services.AddLimits();
        services.AddOptions<KestrelServerOptions>()
            .PostConfigure<IOptions<LimitOptions>>(static (kestrel, limits) => kestrel.Limits.MaxRequestBodySize = limits.Value.BodyBytes);
        return services.AddSingleton<OwnerQuotas>().AddHostedService(provider => provider.GetRequiredService<OwnerQuotas>());
    }

    /// <summary>Marks an endpoint whose requests, or some of them, may be held open for long, and count as connections of their owner.</summary>
    public static TBuilder HoldsConnection<TBuilder>(this TBuilder endpoint, Func<HttpRequest, bool>? applies = null)
        where TBuilder : IEndpointConventionBuilder =>
        endpoint.WithMetadata(applies is null ? Limiting.HoldsConnection.Always : new HoldsConnection(applies));

    /// <summary>Counts requests and connections, after it is known who makes them. Nothing is counted, and nobody asked, for who is not limited.</summary>
    public static IApplicationBuilder UseOwnerLimits(this IApplicationBuilder app)
    {
        var quotas = app.ApplicationServices.GetRequiredService<OwnerQuotas>();
        return app.Use((context, next) =>
            context.GetEndpoint() is { } endpoint
            && endpoint.Metadata.GetMetadata<IAllowAnonymous>() is null
            && context.FindIdentity() is { Owner: var owner }
            && quotas.LimitsOf(owner) is { HasAtEdge: true } limits
                ? CountAsync(context, next, endpoint, quotas.Enter(owner, limits), quotas, limits)
                : next(context));
    }

    private static async Task CountAsync(HttpContext context, RequestDelegate next, Endpoint endpoint, OwnerQuota quota, OwnerQuotas quotas, OwnerLimits limits)
    {
        try
        {
            RateLimitHeaders.Tell(context.Response, RateLimitHeaders.Policy, quota.Policy);
            if (quota.Requests is { } requests)
            {
                var count = await requests.CountAsync();
                RateLimitHeaders.Tell(context.Response, RateLimitHeaders.State, RateLimitHeaders.StateOf(count));
                if (!count.Passes)
                {
                    await RefuseAsync(context, Problems.TooManyRequests(limits.RequestsPerMinute ?? 0, count.EndsIn));
                    return;
                }
            }

            if (quota.Connections is not { } connections || endpoint.Metadata.GetMetadata<HoldsConnection>()?.Applies(context.Request) != true)
            {
                await next(context);
                return;
            }

            if (!await connections.TryOpenAsync(context.RequestAborted))
            {
                await RefuseAsync(context, Problems.TooManyStreams(limits.Connections ?? 0));
                return;
            }

            try
            {
                await next(context);
            }
            finally
            {
                connections.Close();
            }
        }
        finally
        {
            quotas.Leave(quota);
        }
    }

    private static Task RefuseAsync(HttpContext context, ProblemHttpResult problem) => problem.InFormatOf(context).ExecuteAsync(context);
}
