namespace OrleansChat.Testing.Faults;

/// <summary>Sends the bytes of one response as its fault says.</summary>
internal sealed class FaultySender(SegmentSender connection, Fault fault, TimeProvider clock)
{
    private long position;
    private int nextSplit;

    /// <summary>Sends what may go through; false once the response has reached its cut.</summary>
    public async ValueTask<bool> SendAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (position == 0)
        {
            await HoldFirstByteAsync(cancellationToken);
        }

        while (position < fault.Length && !bytes.IsEmpty)
        {
            var part = bytes[..Math.Min(bytes.Length, NextLength())];
            await connection.SendAsync(part, cancellationToken);
            position += part.Length;
            bytes = bytes[part.Length..];
            await PauseAsync(cancellationToken);
        }

        return position < fault.Length;
    }

    private async ValueTask HoldFirstByteAsync(CancellationToken cancellationToken)
    {
        if (fault.BeforeFirstByte is { } gate)
        {
            await gate.PassAsync(cancellationToken);
        }

        if (fault.FirstByteDelay > TimeSpan.Zero)
        {
            await Task.Delay(fault.FirstByteDelay, clock, cancellationToken);
        }
    }

    private int NextLength()
    {
        var length = fault.Length - position;
        while (nextSplit < fault.SplitAt.Length && fault.SplitAt[nextSplit] <= position)
        {
            nextSplit++;
        }

        if (nextSplit < fault.SplitAt.Length)
        {
            length = Math.Min(length, fault.SplitAt[nextSplit] - position);
        }

        if (fault.RateLimit > 0)
        {
            length = Math.Min(length, fault.RateLimit - (position % fault.RateLimit));
        }

        return fault.IsSplitAtEveryByte ? 1 : (int)Math.Min(length, int.MaxValue);
    }

    private async ValueTask PauseAsync(CancellationToken cancellationToken)
    {
        if (fault.IsSplitAtEveryByte || (nextSplit < fault.SplitAt.Length && fault.SplitAt[nextSplit] == position))
        {
            await connection.UntilReadAsync(cancellationToken);
        }

        if (fault.RateLimit > 0 && position % fault.RateLimit == 0)
        {
            await Task.Delay(fault.RatePeriod, clock, cancellationToken);
        }
    }
}
