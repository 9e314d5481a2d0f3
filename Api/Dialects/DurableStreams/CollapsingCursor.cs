namespace OrleansChat.Dialects.DurableStreams;

/// <summary>
/// The number that readers of one position send along, so that caches can answer many of them with one request of their own, and none of
/// them for ever with the same (section 10.1 of the protocol): the number of the current interval of 20 s since October 9, 2024, and always
/// greater than what the reader has.
/// </summary>
internal static class CollapsingCursor
{
    private const int IntervalSeconds = 20;
    private const int MostJitterSeconds = 3_600;

    private static readonly DateTimeOffset Epoch = new(2024, 10, 9, 0, 0, 0, TimeSpan.Zero);

    /// <summary>The number for an answer.</summary>
    /// <param name="known">What the reader has; null for none.</param>
    /// <param name="clock">The time.</param>
    /// <param name="random">Chance, which keeps readers apart who came with the same number.</param>
    public static long Next(long? known, TimeProvider clock, Random random)
    {
        var current = (long)(clock.GetUtcNow() - Epoch).TotalSeconds / IntervalSeconds;
        if (known is not { } past || past < current)
        {
            return current;
        }

        var jitter = random.Next(1, MostJitterSeconds + 1);
        return past + ((jitter + IntervalSeconds - 1) / IntervalSeconds);
    }
}
