using System.Diagnostics;

namespace OrleansChat.Benchmarks.Measuring;

/// <summary>
/// Microseconds of CLOCK_MONOTONIC. All processes of one Linux machine share it, so the model's send time and the client's
/// read time subtract without any synchronization.
/// </summary>
internal static class MonotonicClock
{
    public const long MicrosecondsPerSecond = 1_000_000;

    private static readonly long s_ticksPerMicrosecond = Stopwatch.Frequency / MicrosecondsPerSecond;

    public static long Now => Stopwatch.GetTimestamp() / s_ticksPerMicrosecond;

    public static long FromSeconds(double seconds) => (long)(seconds * MicrosecondsPerSecond);

    public static TimeSpan Until(long time) => TimeSpan.FromMicroseconds(Math.Max(0, time - Now));
}
