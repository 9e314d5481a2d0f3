using System.Diagnostics.Metrics;

namespace OrleansChat.Telemetry;

/// <summary>Counts the errors that users are told of.</summary>
public static class ErrorInstruments
{
    private static readonly Counter<long> Errors = ChatTelemetry.Meter.CreateCounter<long>(
        "orleanschat.errors", "{error}", "Errors that users were told of, by code: refused requests and failed replies.");

    /// <summary>Somebody is told of an error.</summary>
    /// <param name="code">Its code, one of a fixed set.</param>
    public static void Told(string code) => Errors.Add(1, new KeyValuePair<string, object?>(TelemetryTags.ErrorType, code));
}
