using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using OrleansChat.Streaming;

namespace OrleansChat.Telemetry;

/// <summary>What is measured of readers: only when somebody asks, so that following a conversation costs nothing for it.</summary>
internal static class ReaderInstruments
{
    private static readonly ConcurrentDictionary<IReader, bool> Streams = [];

    internal static readonly ObservableUpDownCounter<long> Readers = ChatTelemetry.Meter.CreateObservableUpDownCounter(
        "orleanschat.readers", static () => (long)Streams.Count, "{reader}", "Responses that follow a conversation.");

    internal static readonly ObservableGauge<long> LargestLag = ChatTelemetry.Meter.CreateObservableGauge(
        "orleanschat.readers.lag.max",
        static () => Streams.Keys.Aggregate(0L, static (most, stream) => Math.Max(most, stream.Lag)),
        "{event}",
        "How far the slowest reader is behind what its node knows.");

    /// <summary>A reader begins to follow.</summary>
    public static void Joined(IReader stream) => Streams[stream] = true;

    /// <summary>A reader is gone.</summary>
    public static void Left(IReader stream) => Streams.TryRemove(stream, out _);
}
