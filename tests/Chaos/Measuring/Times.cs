namespace OrleansChat.Chaos.Measuring;

/// <summary>How long something took, over all to whom it happened.</summary>
/// <param name="Count">How many.</param>
/// <param name="P50">The median, in milliseconds.</param>
/// <param name="P99">What 99 % did not exceed, in milliseconds; of fewer than a hundred, the longest.</param>
/// <param name="Max">The longest, in milliseconds.</param>
internal sealed record Times(int Count, double P50, double P99, double Max)
{
    /// <summary>Sums up; null where there is nothing to.</summary>
    public static Times? Of(IEnumerable<TimeSpan> times)
    {
        var sorted = times.Select(time => time.TotalMilliseconds).Order().ToArray();
        return sorted.Length == 0 ? null : new Times(sorted.Length, At(0.5), At(0.99), At(1));

        double At(double quantile) => Math.Round(sorted[(int)Math.Ceiling(sorted.Length * quantile) - 1], 1);
    }

    public override string ToString() => $"p50 {P50:0} ms, p99 {P99:0} ms, at most {Max:0} ms, {Count} times";
}
