using System.Diagnostics.Metrics;

namespace OrleansChat.Telemetry;

/// <summary>
/// What is measured of requests to models: names, units and boundaries are of OpenTelemetry's conventions
/// (https://opentelemetry.io/docs/specs/semconv/gen-ai/gen-ai-metrics/). <see cref="ModelCall"/> tells of one.
/// </summary>
internal static class ModelInstruments
{
    internal static readonly Histogram<long> TokenUsage = ChatTelemetry.Meter.CreateHistogram<long>(
        "gen_ai.client.token.usage",
        "{token}",
        "Tokens that a request to a model read and wrote, where the model told.",
        tags: null,
        new InstrumentAdvice<long>
        {
            HistogramBucketBoundaries = [1, 4, 16, 64, 256, 1_024, 4_096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864],
        });

    internal static readonly Histogram<double> Duration = ChatTelemetry.Meter.CreateHistogram(
        "gen_ai.client.operation.duration",
        "s",
        "From a request to a model to the end of its answer.",
        tags: null,
        new InstrumentAdvice<double>
        {
            HistogramBucketBoundaries = [0.01, 0.02, 0.04, 0.08, 0.16, 0.32, 0.64, 1.28, 2.56, 5.12, 10.24, 20.48, 40.96, 81.92],
        });
}
