using System.Collections.Immutable;

namespace OrleansChat.Delivery;

/// <summary>
/// What waits to be sent to one node, and the loop that sends it: at once where nothing was sent lately, else with everything
/// that comes within a few milliseconds. A node in this process gets everything at once as long as that is little.
/// </summary>
/// <param name="isNear">Whether the node is in this process.</param>
/// <param name="clock">Keeps the pace.</param>
/// <param name="send">Hands a batch to the node's stream.</param>
/// <param name="dropped">Told how many items were dropped, and why: null for a full outbox.</param>
internal sealed class NodeOutbox(bool isNear, TimeProvider clock, Func<DeliveryBatch, Task> send, Action<int, Exception?> dropped)
{
    /// <summary>How many items may wait. Past it the waiting ones are dropped: a node that far behind reads the journal.</summary>
    internal const int ItemLimit = 16_384;

    /// <summary>
    /// The shortest time between two batches. A stream item costs about the same whether it holds one delta or hundreds: some
    /// 80 µs of CPU on its way through queue, agent and node.
    /// </summary>
    internal static readonly TimeSpan ShortestPace = TimeSpan.FromMilliseconds(1);

    /// <summary>
    /// From batches of so many items on, a node in this process is sent to at a pace, too. Before, nothing is gained by waiting: its batches
    /// cross no process boundary, and grow by themselves while the core has other things to do.
    /// </summary>
    internal const int NearLimit = 16;

    /// <summary>The longest, kept under load: nobody sees it between two tokens, and what gathers meanwhile travels together.</summary>
    internal static readonly TimeSpan LongestPace = TimeSpan.FromMilliseconds(5);

    // At 6,000 items a second the pace is little more than the shortest, from 27,000 on it is the longest.
    private static readonly TimeSpan PacePerItem = TimeSpan.FromMicroseconds(30);

    // Bounds a stream item to what its way (queue, cache, socket) handles well.
    private const int MaxBatchBytes = 256 * 1024;

    private readonly Lock gate = new();
    private Queue<DeliveryItem> waiting = new();
    private DateTime oldest;
    private bool sending;

    /// <summary>How long the next batch gathers, after one of so many items.</summary>
    internal static TimeSpan PaceAfter(int items)
    {
        var pace = ShortestPace + (items * PacePerItem);
        return pace < LongestPace ? pace : LongestPace;
    }

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
            var pause = isNear && batch.Items.Length < NearLimit ? null : Task.Delay(PaceAfter(batch.Items.Length), clock);
            try
            {
                await send(batch);
            }
            catch (Exception e)
            {
                // The stream is a hint; whatever is wrong with it, the journal has the events.
                dropped(batch.Items.Length, e);
            }

            if (pause is null)
            {
                // What is about to be committed may go along.
                await Task.Yield();
            }
            else
            {
                await pause;
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
