using System.Buffers;
using System.IO.Pipelines;

namespace OrleansChat.Benchmarks.ModelServer;

/// <summary>A reply under way. Between entering the pacer and its end only the pacer's thread touches it.</summary>
internal sealed class PacedReply(PipeWriter output, DeltaTemplate template, ReplyPace pace)
{
    private readonly TaskCompletionSource<bool> ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly long period = pace.PeriodMicroseconds;
    private long lastStamp;

    /// <summary>Whether all deltas were sent; false when the client went away.</summary>
    public Task<bool> Ended => ended.Task;

    /// <summary>When the next delta is due.</summary>
    public long Due { get; private set; }

    /// <summary>Behind its time because of back-pressure, which is not the pacer's lateness.</summary>
    public bool IsHeldUp { get; private set; }

    public int Left { get; private set; } = pace.Count;

    /// <summary>
    /// The first delta goes out at once, so that the time to the first token is the server's alone. The second follows after a
    /// random part of the period: replies that start together do not tick together.
    /// </summary>
    public void Start(long now)
    {
        Due = now;
        lastStamp = now - 1;
    }

    /// <summary>
    /// Sends the next delta. A reply that was held up by back-pressure is stamped with the time it was due, so that a server that
    /// stops reading cannot hide its stall from the latencies (coordinated omission).
    /// </summary>
    public ValueTask<FlushResult> SendNext(long now)
    {
        var isFirst = Left == pace.Count;
        lastStamp = Math.Max(IsHeldUp ? Due : now, lastStamp + 1);
        Due += isFirst ? Random.Shared.NextInt64(period) + 1 : period;
        IsHeldUp &= Due < now;
        Left--;
        output.Write(template.Stamped(lastStamp));
        return output.FlushAsync();
    }

    /// <summary>The connection took the last delta only after a wait.</summary>
    public void Unblocked() => IsHeldUp = true;

    public void End(bool isComplete) => ended.TrySetResult(isComplete);
}
