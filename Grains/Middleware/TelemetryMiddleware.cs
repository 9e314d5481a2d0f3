using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Telemetry;

namespace OrleansChat.Middleware;

/// <summary>Tells of each request to a model by OpenTelemetry's conventions for generative AI.</summary>
internal sealed class TelemetryMiddleware(ModelTelemetryOptions options) : IChatClientMiddleware
{
    public IChatClient Wrap(IChatClient inner, ModelInfo model) => new TelemetryChatClient(inner, model, options);
}
