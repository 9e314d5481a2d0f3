using System.Numerics;

namespace OrleansChat.Benchmarks.Measuring;

/// <summary>
/// Counts of microseconds in buckets whose width grows with the value, as in HdrHistogram: exact up to 255 µs, within 1/128 above.
/// A percentile is thus never off by more than 0.8 %, and recording is one interlocked increment.
/// </summary>
internal sealed class LatencyHistogram
{
    private const int SubBucketBits = 7;
    private const int SubBuckets = 1 << SubBucketBits;

    // Up to 2^36 µs, nineteen hours: no run is that long.
    private const int HighestExponent = 36;

    private readonly long[] counts = new long[SubBuckets * (HighestExponent - SubBucketBits + 2)];

    public long Count => counts.Sum();

    public void Record(long microseconds) => Interlocked.Increment(ref counts[IndexOf(Math.Max(0, microseconds))]);

    /// <summary>The smallest recorded value, up to the bucket's width, that <paramref name="quantile"/> of all do not exceed.</summary>
    /// <returns>Microseconds; null where nothing was recorded, which is not the same as fast.</returns>
    public long? Percentile(double quantile)
    {
        var total = Count;
        if (total == 0)
        {
            return null;
        }

        var wanted = Math.Max(1, (long)Math.Ceiling(total * quantile));
        var index = -1;
        for (var seen = 0L; seen < wanted; seen += counts[index])
        {
            index++;
        }

        return HighestOf(index);
    }

    /// <summary>Percentiles at ever finer steps towards the slowest: 0, half, three quarters, seven eighths …; empty where nothing was recorded.</summary>
    public IReadOnlyList<Quantile> Distribution()
    {
        var total = Count;
        var steps = total == 0 ? -1 : BitOperations.Log2((ulong)total);
        return [.. Enumerable.Range(0, steps + 1).Select(step => 1 - Math.Pow(2, -step)).Select(share => new Quantile(share, Percentile(share)!.Value))];
    }

    private static int IndexOf(long value)
    {
        var exponent = Math.Max(0, BitOperations.Log2((ulong)value) - SubBucketBits);
        return (exponent * SubBuckets) + (int)Math.Min(value >> exponent, (2 * SubBuckets) - 1);
    }

    private static long HighestOf(int index)
    {
        var exponent = Math.Max(0, (index / SubBuckets) - 1);
        return ((index - (exponent * SubBuckets) + 1L) << exponent) - 1;
    }
}

/// <summary>A point of a distribution.</summary>
/// <param name="Share">Of all values, 0 to 1.</param>
/// <param name="Microseconds">Which that share do not exceed.</param>
internal sealed record Quantile(double Share, long Microseconds);
