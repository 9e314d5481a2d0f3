namespace OrleansChat.Benchmarks.Measuring;

/// <summary>Time that processors were busy, from <c>/proc/stat</c>.</summary>
internal static class SystemCpu
{
    /// <summary>USER_HZ: the unit of <c>/proc</c>, 100 on every Linux that .NET runs on, whatever the kernel's own tick.</summary>
    public const double TicksPerSecond = 100;

    private const int IdleField = 4;
    private const int IoWaitField = 5;

    /// <summary>
    /// Seconds up to <paramref name="now"/> that all processors together were not idle, from an arbitrary origin. Not the sum of the busy
    /// fields: most kernels sample those at their tick, which misses a sixth of a load that wakes by timer and sleeps again between
    /// ticks. Idle time is measured, and so is the time of processes that is to be compared with this.
    /// </summary>
    public static double BusySeconds(long now)
    {
        var processors = File.ReadLines("/proc/stat")
            .Where(line => line.StartsWith("cpu", StringComparison.Ordinal) && char.IsAsciiDigit(line[3]))
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ToArray();
        var idle = processors.Sum(fields => long.Parse(fields[IdleField]) + long.Parse(fields[IoWaitField])) / TicksPerSecond;
        return (processors.Length * (now / (double)MonotonicClock.MicrosecondsPerSecond)) - idle;
    }
}
