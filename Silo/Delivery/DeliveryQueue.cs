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

    private readonly Channel<DeliveryContainer> batches =
        Channel.CreateBounded<DeliveryContainer>(new BoundedChannelOptions(Limit) { SingleReader = true });

    private long published;

    /// <summary>Adds a batch for a node's stream; false when the queue is full.</summary>
    public bool TryAdd(StreamId stream, DeliveryBatch batch) =>
        batches.Writer.TryWrite(new DeliveryContainer(stream, batch, Interlocked.Increment(ref published)));

    /// <summary>Takes what is there, or waits for something until <paramref name="cancellationToken"/>; then there is nothing.</summary>
    public async Task<IList<Orleans.Streams.IBatchContainer>> TakeAsync(int most, CancellationToken cancellationToken)
    {
        var taken = new List<Orleans.Streams.IBatchContainer>();
        try
        {
            await batches.Reader.WaitToReadAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return taken;
        }

        while (taken.Count < most && batches.Reader.TryRead(out var batch))
        {
            taken.Add(batch);
        }

        return taken;
    }
}
