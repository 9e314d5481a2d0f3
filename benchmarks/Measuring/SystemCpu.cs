namespace OrleansChat.Benchmarks.Measuring;

/// <summary>Time that processors were not idle, from <c>/proc/stat</c>, in seconds since boot.</summary>
/// <param name="Busy">By processor number.</param>
internal sealed record SystemCpu(IReadOnlyDictionary<int, double> Busy)
{
    /// <summary>USER_HZ: the unit of <c>/proc</c>, 100 on every Linux that .NET runs on, whatever the kernel's own tick.</summary>
    public const double TicksPerSecond = 100;

    private const string Prefix = "cpu";

    // user nice system idle iowait irq softirq steal; guest time is already in user time.
    private static readonly int[] s_busyFields = [1, 2, 3, 6, 7, 8];

    public double Total => Busy.Values.Sum();

    public static SystemCpu Read() => new(
        File.ReadLines("/proc/stat")
            .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .TakeWhile(fields => fields[0].StartsWith(Prefix, StringComparison.Ordinal))
            .Where(fields => fields[0] != Prefix)
            .ToDictionary(
                fields => int.Parse(fields[0][Prefix.Length..]),
                fields => s_busyFields.Sum(field => long.Parse(fields[field])) / TicksPerSecond));
}
