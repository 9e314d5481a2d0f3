using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.Load;

/// <summary>Finds the stamps of one reply, whatever frames they come in, and checks that each comes once and in order.</summary>
internal sealed class StampScanner(ReadOnlyMemory<byte> endMarker)
{
    private long last;

    public long InOrder { get; private set; }

    /// <summary>Stamps not later than the one before: doubled, or overtaken.</summary>
    public long Disordered { get; private set; }

    public bool SawEnd { get; private set; }

    /// <summary>Scans a piece of the payload.</summary>
    /// <param name="payload">What the last scan left, and what came since.</param>
    /// <param name="read">When it was read.</param>
    /// <param name="measurements">Where each stamp's latency goes.</param>
    /// <returns>How much of the payload is done with, and the number of stamps in it.</returns>
    public (int Used, int Stamps) Scan(ReadOnlySpan<byte> payload, long read, Measurements measurements)
    {
        // A stream without a marker does not end; nothing, looked for, is found everywhere.
        SawEnd |= !endMarker.IsEmpty && payload.IndexOf(endMarker.Span) >= 0;

        var used = 0;
        var stamps = 0;
        while (payload[used..].IndexOf(Stamp.Prefix) is >= 0 and var offset && payload.Length - used - offset >= Stamp.Length)
        {
            used += offset + Stamp.Prefix.Length;
            if (Stamp.TryReadDigits(payload[used..], out var sent))
            {
                used += Stamp.Digits;
                stamps++;
                Count(sent);
                measurements.Delivered(sent, read);
            }
        }

        // Keep a tail that may be the beginning of a stamp or of the end marker.
        var tail = Math.Max(Stamp.Length, endMarker.Length) - 1;
        return (Math.Max(used, payload.Length - tail), stamps);
    }

    private void Count(long sent)
    {
        if (sent > last)
        {
            InOrder++;
            last = sent;
        }
        else
        {
            Disordered++;
        }
    }
}
