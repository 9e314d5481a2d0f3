using OrleansChat.Benchmarks.Measuring;

namespace OrleansChat.Benchmarks.ModelServer;

/// <summary>The bytes of one delta's frame, with a stamp to be filled in.</summary>
internal sealed class DeltaTemplate(byte[] frame)
{
    private readonly int digits = frame.AsSpan().IndexOf(Stamp.Prefix) + Stamp.Prefix.Length;

    public ReadOnlySpan<byte> Stamped(long microseconds)
    {
        Stamp.WriteDigits(frame.AsSpan(digits), microseconds);
        return frame;
    }
}
