namespace OrleansChat.Benchmarks.Measuring;

/// <summary>Time that processors were not idle, from <c>/proc/stat</c>.</summary>
internal static class SystemCpu
{
    /// <summary>USER_HZ: the unit of <c>/proc</c>, 100 on every Linux that .NET runs on, whatever the kernel's own tick.</summary>
    public const double TicksPerSecond = 100;

    // user nice system idle iowait irq softirq steal; guest time is already in user time.
    private static readonly int[] s_busyFields = [1, 2, 3, 6, 7, 8];

    /// <summary>Seconds since boot, of all processors together.</summary>
    public static double BusySeconds()
    {
        var fields = File.ReadLines("/proc/stat").First().Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return s_busyFields.Sum(field => long.Parse(fields[field])) / TicksPerSecond;
    }
}
