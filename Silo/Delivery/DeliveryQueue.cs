using System.Threading.Channels;

namespace OrleansChat.Delivery;

/// <summary>
/// What this silo has to deliver, on its way from those who publish to the pulling agent that hands it to API nodes. Every silo has
/// its own: so a batch crosses one process boundary and no other, nothing is polled, and a silo that dies takes nobody else's
/// batches with it.
/// </summary>
internal sealed class DeliveryQueue
{
    /// <summary>How many batches may wait. An agent that far behind is stuck; what is turned away, nodes ask their grains for.</summary>
    internal const int Limit = 4_096;

    // With null in it where there is nothing, and who waits is to go on.
    private readonly Channel<DeliveryContainer?> batches =
        Channel.CreateBounded<DeliveryContainer?>(new BoundedChannelOptions(Limit) { SingleReader = true });

    private long published;
    private bool wasBusy;

    /// <summary>Adds a batch for a node's stream; false when the queue is full.</summary>
    public bool TryAdd(StreamId stream, DeliveryBatch batch) =>
        batches.Writer.TryWrite(new DeliveryContainer(stream, batch, Interlocked.Increment(ref published)));

    /// <summary>
    /// Has whoever waits go on with nothing, unless something came since the last call: the agent rests for a moment after nothing, and what comes in it is late.
    /// </summary>
    public void WakeIfIdle()
    {
        if (!Interlocked.Exchange(ref wasBusy, false))
        {
            Wake();
        }
    }

    /// <summary>Has whoever waits go on with nothing.</summary>
    public void Wake()
    {
        if (batches.Reader.Count == 0)
        {
            batches.Writer.TryWrite(null);
        }
    }

    /// <summary>Takes what is there, or waits for something, or for <see cref="Wake"/>; then there is nothing.</summary>
    public async Task<IList<Orleans.Streams.IBatchContainer>> TakeAsync(int most)
    {
        await batches.Reader.WaitToReadAsync();
        var taken = new List<Orleans.Streams.IBatchContainer>();
        while (taken.Count < most && batches.Reader.TryRead(out var batch))
        {
            if (batch is not null)
            {
                taken.Add(batch);
            }
        }

        Volatile.Write(ref wasBusy, taken.Count > 0);
        return taken;
    }
}
