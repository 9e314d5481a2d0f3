using Microsoft.Extensions.AI;
using OrleansChat.Models;

namespace OrleansChat.Middleware;

/// <summary>Wraps clients in all middleware there is: from outside, the content filters, what others have added, telemetry.</summary>
internal sealed class ModelPipeline(ContentFilterMiddleware filters, IEnumerable<IChatClientMiddleware> others, TelemetryMiddleware telemetry)
{
    private readonly IChatClientMiddleware[] outermostFirst = [filters, .. others, telemetry];

    /// <summary>Wraps the client of a model.</summary>
    public IChatClient Wrap(IChatClient client, ModelInfo model) =>
        outermostFirst.Reverse().Aggregate(client, (inner, middleware) => middleware.Wrap(inner, model));
}
