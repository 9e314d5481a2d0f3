using System.Globalization;

namespace OrleansChat.Models.Routing;

/// <summary>Reads how long an endpoint asks to be left alone (RFC 9110, section 10.2.3).</summary>
internal static class RetryAfter
{
    /// <summary>The wait, not below zero; null where there is none that can be understood.</summary>
    /// <param name="value">The header <c>Retry-After</c>: seconds, or a date.</param>
    /// <param name="date">
    /// The header <c>Date</c> of the same answer. A date is counted from it, for the endpoint's clock may be far from ours.
    /// </param>
    /// <param name="now">Our own time, where the answer has no date.</param>
    public static TimeSpan? Read(string? value, string? date, DateTimeOffset now)
    {
        if (double.TryParse(value, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return seconds < TimeSpan.MaxValue.TotalSeconds / 2 ? TimeSpan.FromSeconds(seconds) : TimeSpan.MaxValue;
        }

        if (!TryReadDate(value, out var until))
        {
            return null;
        }

        var wait = until - (TryReadDate(date, out var theirs) ? theirs : now);
        return wait > TimeSpan.Zero ? wait : TimeSpan.Zero;
    }

    private static bool TryReadDate(string? text, out DateTimeOffset date) =>
        DateTimeOffset.TryParseExact(text, "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out date);
}
