using System.Collections.Immutable;

namespace OrleansChat.Delivery;

/// <summary>
/// What waits to be sent to one node, and the loop that sends it: at once where nothing was sent lately, else with everything
/// that comes within a few milliseconds.
/// </summary>
/// <param name="pause">How long what comes after a batch of so many items gathers.</param>
/// <param name="clock">Keeps the pace.</param>
/// <param name="send">Hands a batch to the node's stream.</param>
/// <param name="dropped">Told how many items were dropped, and why: null for a full outbox.</param>
internal sealed class NodeOutbox(Func<int, TimeSpan> pause, TimeProvider clock, Func<DeliveryBatch, Task> send, Action<int, Exception?> dropped)
{
    /// <summary>How many items may wait. Past it the waiting ones are dropped: a node that far behind reads the journal.</summary>
    internal const int ItemLimit = 16_384;

    // Bounds a stream item to what its way (queue, cache, socket) handles well.
    private const int MaxBatchBytes = 256 * 1024;

    private readonly Lock gate = new();
    private Queue<DeliveryItem> waiting = new();
    private DateTime oldest;
    private bool sending;

    /// <summary>Adds an item to the next batch.</summary>
    public void Add(DeliveryItem item)
    {
        var overflow = 0;
        lock (gate)
        {
            if (waiting.Count >= ItemLimit)
            {
                overflow = waiting.Count;
                waiting = new Queue<DeliveryItem>();
            }

            if (waiting.Count == 0)
            {
                oldest = clock.GetUtcNow().UtcDateTime;
            }

            waiting.Enqueue(item);
            if (!sending)
            {
                sending = true;
                _ = Task.Run(SendAllAsync);
            }
        }

        if (overflow > 0)
        {
            dropped(overflow, null);
        }
    }

    private async Task SendAllAsync()
    {
        while (TakeBatch() is { } batch)
        {
            var wait = pause(batch.Items.Length);
            var gathering = wait > TimeSpan.Zero ? Task.Delay(wait, clock) : null;
            try
            {
                await send(batch);
            }
            catch (Exception e)
            {
                // The stream is a hint; whatever is wrong with it, the journal has the events.
                dropped(batch.Items.Length, e);
            }

            if (gathering is null)
            {
                // What is about to be committed may go along.
                await Task.Yield();
            }
            else
            {
                await gathering;
            }
        }
    }

    private DeliveryBatch? TakeBatch()
    {
        lock (gate)
        {
            if (waiting.Count == 0)
            {
                sending = false;
                return null;
            }

            var items = ImmutableArray.CreateBuilder<DeliveryItem>(Math.Min(waiting.Count, 64));
            for (var bytes = 0; bytes < MaxBatchBytes && waiting.TryDequeue(out var item);)
            {
                items.Add(item);
                bytes += item.Size;
            }

            return new DeliveryBatch(items.DrainToImmutable(), oldest);
        }
    }
}
