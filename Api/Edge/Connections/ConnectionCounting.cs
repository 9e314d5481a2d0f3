using System.Globalization;
using OrleansChat.Errors;
using OrleansChat.Requests;
using OrleansChat.Streaming;

namespace OrleansChat.Edge.Connections;

/// <summary>Tells the gate which connections have a request under way, and those for which there was no room that there was none.</summary>
internal static class ConnectionCounting
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);

    /// <summary>Adds it, outside of everything that may take time.</summary>
    public static IApplicationBuilder UseConnectionGate(this IApplicationBuilder app)
    {
        var gate = app.ApplicationServices.GetRequiredService<ConnectionGate>();
        return app.Use((context, next) =>
            context.Features.Get<ConnectionSlot>() is not { } slot ? next(context)
            : slot.IsRefused ? RefuseAsync(context)
            : CountAsync(gate, slot, context, next));
    }

    /// <summary>
    /// Counts a request's connection as one without a request until what is returned is disposed of: while that lasts it makes room for others
    /// where all are taken. For what strangers may have the server wait for.
    /// </summary>
    public static IDisposable? CountAsIdle(this HttpContext context) =>
        context.Features.Get<ConnectionSlot>() is { } slot ? new IdleTime(context.RequestServices.GetRequiredService<ConnectionGate>(), slot) : null;

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

    private sealed class IdleTime : IDisposable
    {
        private readonly ConnectionGate gate;
        private readonly ConnectionSlot slot;

        public IdleTime(ConnectionGate gate, ConnectionSlot slot)
        {
            (this.gate, this.slot) = (gate, slot);
            gate.EndRequest(slot);
        }

        public void Dispose() => gate.BeginRequest(slot);
    }
}
