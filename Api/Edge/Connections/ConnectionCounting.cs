using System.Globalization;
using OrleansChat.Errors;
using OrleansChat.Owners;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Edge.Connections;

/// <summary>
/// Tells the gate which connections have a request under way of somebody who is known, and those for which there was no room that there was none.
/// What strangers ask for holds no connection that others need: where all are taken, theirs make room.
/// </summary>
internal static class ConnectionCounting
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Tells those for which there was no room; outside of everything that may take time.</summary>
    public static IApplicationBuilder UseConnectionGate(this IApplicationBuilder app)
    {
        var gate = app.ApplicationServices.GetRequiredService<ConnectionGate>();
        return app.Use((context, next) =>
        {
            if (context.Features.Get<ConnectionSlot>() is not { } slot)
            {
                return next(context);
            }

            slot.HasAsked = true;
            if (!slot.IsRefused)
            {
                return next(context);
            }

            gate.BeginRefusal(slot);
            return RefuseAsync(context);
        });
    }

    /// <summary>Counts the requests of those who are known; after it is known who they are.</summary>
    public static IApplicationBuilder UseCountedConnections(this IApplicationBuilder app)
    {
        var gate = app.ApplicationServices.GetRequiredService<ConnectionGate>();
        return app.Use((context, next) =>
            context.Features.Get<ConnectionSlot>() is { } slot && context.FindIdentity() is not null ? CountAsync(gate, slot, context, next) : next(context));
    }

    private static async Task CountAsync(ConnectionGate gate, ConnectionSlot slot, HttpContext context, RequestDelegate next)
    {
        gate.BeginRequest(slot);
        try
        {
            await next(context);
        }
        finally
        {
            gate.EndRequest(slot);
        }
    }

    private static Task RefuseAsync(HttpContext context)
    {
        var response = context.Response;
        response.CloseConnection();

        // A browser's EventSource never comes back after anything but 200, and it was to be kept waiting, not sent away.
        if (HttpMethods.IsGet(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<IErrorFormat>() is null && context.Request.WantsEvents())
        {
            return new ComeBackResult(RetryAfter, "there are too many connections; reconnect to go on").ExecuteAsync(context);
        }

        response.Headers.RetryAfter = RetryAfter.TotalSeconds.ToString("0", CultureInfo.InvariantCulture);
        return Problems.TooManyConnections().InFormatOf(context).ExecuteAsync(context);
    }
}
