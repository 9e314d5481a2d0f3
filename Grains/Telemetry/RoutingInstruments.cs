using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansChat.Telemetry;

/// <summary>What is measured of the way from replies to models' endpoints.</summary>
internal static class RoutingInstruments
{
    private static readonly Counter<long> Attempts = ChatTelemetry.Meter.CreateCounter<long>(
        "orleanschat.upstream.attempts",
        "{attempt}",
        "Requests to models' endpoints, by model; with error.type where no answer began.");

    private static readonly Counter<long> Circuits = ChatTelemetry.Meter.CreateCounter<long>(
        "orleanschat.upstream.circuit.changes",
        "{change}",
        "Changes of endpoints' circuits, by model and by what they became: Open, HalfOpen or Closed.");

    /// <summary>An endpoint was asked.</summary>
    /// <param name="model">The model.</param>
    /// <param name="error">The code of the fault; null where an answer has begun.</param>
    public static void Attempted(string model, string? error)
    {
        var tags = new TagList { { TelemetryTags.Model, model } };
        if (error is not null)
        {
            tags.Add(TelemetryTags.ErrorType, error);
        }

        Attempts.Add(1, tags);
    }

    /// <summary>An endpoint's circuit changed.</summary>
    /// <param name="model">The model.</param>
    /// <param name="state">What it is now.</param>
    public static void CircuitChanged(string model, string state) => Circuits.Add(
        1, new KeyValuePair<string, object?>(TelemetryTags.Model, model), new KeyValuePair<string, object?>(TelemetryTags.CircuitState, state));
}
