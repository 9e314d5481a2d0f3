using System.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace OrleansChat.Telemetry;

/// <summary>Gives the traces of requests the names that people look for. Queries are left out: in them can be what somebody says.</summary>
internal static class RequestTracing
{
    // .NET 10 knows what OpenTelemetry calls the parts of a request, and keeps it to itself unless asked.
    private const string SuppressedByDefault = "Microsoft.AspNetCore.Hosting.SuppressActivityOpenTelemetryData";

    /// <summary>Has the server describe its requests; before it is built.</summary>
    public static void Describe() => AppContext.SetSwitch(SuppressedByDefault, false);

    /// <summary>Names each request's activity after its route, and adds what came of it; outermost.</summary>
    public static IApplicationBuilder UseRequestTracing(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        try
        {
            await next(context);
        }
        finally
        {
            if (context.Features.Get<IHttpActivityFeature>()?.Activity is { IsAllDataRequested: true } activity)
            {
                Complete(activity, context);
            }
        }
    });

    private static void Complete(Activity activity, HttpContext context)
    {
        if ((context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText is { } route)
        {
            activity.DisplayName = $"{context.Request.Method} {route}";
            activity.SetTag("http.route", route);
        }

        activity.SetTag("http.response.status_code", context.Response.StatusCode);
        if (context.Response.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            activity.SetStatus(ActivityStatusCode.Error);
        }
    }
}
