namespace OrleansChat.Benchmarks.Measuring;

/// <summary>
/// The text of a delta: <c>" t"</c> and the microsecond it was sent at, in fixed-width digits. It survives every dialect (nothing
/// in it needs escaping), is found again when deltas were merged into one frame, and is about as long as a long word.
/// </summary>
internal static class Stamp
{
    /// <summary>Enough for three years of uptime.</summary>
    public const int Digits = 14;

    public const int Length = Digits + 2;

    public static ReadOnlySpan<byte> Prefix => " t"u8;

    /// <summary>Writes only the digits, into a text that already has the prefix.</summary>
    public static void WriteDigits(Span<byte> destination, long microseconds)
    {
        for (var i = Digits - 1; i >= 0; i--)
        {
            (microseconds, var digit) = Math.DivRem(microseconds, 10);
            destination[i] = (byte)('0' + digit);
        }
    }

    public static bool TryReadDigits(ReadOnlySpan<byte> source, out long microseconds)
    {
        microseconds = 0;
        foreach (var character in source[..Digits])
        {
            var digit = character - '0';
            if (digit is < 0 or > 9)
            {
                return false;
            }

            microseconds = (microseconds * 10) + digit;
        }

        return true;
    }
}
