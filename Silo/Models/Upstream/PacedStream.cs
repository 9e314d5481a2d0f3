using System.Runtime.CompilerServices;

namespace OrleansChat.Models.Upstream;

/// <summary>
/// Reads an endpoint's stream, and lets some time pass from one read to the next as long as the process has more to do than it can: what
/// comes meanwhile is read, stored and sent together. A stream that is slower than that is read at once.
/// </summary>
/// <param name="inner">The stream.</param>
/// <param name="pace">How much time.</param>
/// <param name="clock">The time of the machine, which it is all about.</param>
internal sealed class PacedStream(Stream inner, ReadingPace pace, TimeProvider clock) : ReadOnlyStream
{
    private long lastRead;
    private bool isOver;

    /// <summary>Reads what is left without pauses: the reply is complete, and only the end of the stream is waited for, which lets the connection be used again.</summary>
    public void EndPauses() => isOver = true;

    /// <inheritdoc/>
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        pace.Pause == TimeSpan.Zero || lastRead == 0 || isOver ? ReadAtOnceAsync(buffer, cancellationToken) : WaitAndReadAsync(buffer, cancellationToken);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<int> WaitAndReadAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        if (pace.Pause - clock.GetElapsedTime(lastRead) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, clock, cancellationToken);
        }

        return await ReadAtOnceAsync(buffer, cancellationToken);
    }

    private ValueTask<int> ReadAtOnceAsync(Memory<byte> buffer, CancellationToken cancellationToken)
    {
        lastRead = clock.GetTimestamp();
        return inner.ReadAsync(buffer, cancellationToken);
    }
}
