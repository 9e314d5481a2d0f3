using OrleansChat.Benchmarks.Experiments;
using OrleansChat.Benchmarks.Run;

namespace OrleansChat.Benchmarks.Servers.Product;

/// <summary>Where the product sends its telemetry to: beside the generator, and counted as part of it.</summary>
internal static class TelemetrySink
{
    // Six times as often as OpenTelemetry does by default, so that a window has several.
    private const string MetricIntervalMilliseconds = "10000";

    /// <summary>Starts it, where the case has telemetry, and adds what the product needs to know.</summary>
    /// <returns>To be awaited when the product runs: done when something has come.</returns>
    public static Func<CancellationToken, Task> Start(ServerUnderTest server, ServerStart start, Dictionary<string, string> environment)
    {
        if (start.Case.Telemetry is ExportedTelemetry.None)
        {
            return _ => Task.CompletedTask;
        }

        var url = Roles.FreeUrl();
        var collector = server.StartBeside($"{Roles.Command("collector")} --port {url.Port}", start.Pinning.Generator, Roles.Root, []);
        environment["OTEL_EXPORTER_OTLP_ENDPOINT"] = url.GetLeftPart(UriPartial.Authority);
        environment["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf";
        environment["OTEL_METRIC_EXPORT_INTERVAL"] = MetricIntervalMilliseconds;
        environment["OTEL_TRACES_SAMPLER"] = start.Case.Telemetry is ExportedTelemetry.Metrics ? "always_off" : "parentbased_always_on";
        return cancellationToken => Readiness.WaitAsync("The collector", collector, new Uri(url, "received"), start.Patience, cancellationToken);
    }
}
