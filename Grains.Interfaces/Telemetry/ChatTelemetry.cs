using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace OrleansChat.Telemetry;

/// <summary>
/// What the product's own instruments and traces belong to. One for the process, as .NET's own are, so that nothing has to be handed
/// one; where nobody listens, neither costs anything. What people and models say, and keys, never get here.
/// </summary>
public static class ChatTelemetry
{
    /// <summary>The name of the meter and of the source of activities.</summary>
    public const string Name = "OrleansChat";

    /// <summary>The instruments' meter.</summary>
    public static Meter Meter { get; } = new(Name);

    /// <summary>The source of activities.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>For what takes from milliseconds to seconds: boundaries in seconds.</summary>
    public static InstrumentAdvice<double> ShortTimes { get; } = new()
    {
        HistogramBucketBoundaries = [0.0005, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10],
    };

    /// <summary>For what a model takes: boundaries in seconds.</summary>
    public static InstrumentAdvice<double> LongTimes { get; } = new()
    {
        HistogramBucketBoundaries = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100, 200, 500],
    };
}
