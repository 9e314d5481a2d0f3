using Orleans.Streams;

namespace OrleansChat.Delivery;

/// <summary>The batches that wait for one node, each until every subscription of it has had it.</summary>
/// <param name="limit">How many may wait; past it the oldest goes.</param>
internal sealed class NodeBacklog(int limit)
{
    private readonly Queue<DeliveryContainer> waiting = new();
    private readonly List<Cursor> cursors = [];

    // The position of the oldest that waits.
    private long first;

    /// <summary>How many wait.</summary>
    public int Count => waiting.Count;

    /// <summary>Adds a batch.</summary>
    public void Add(DeliveryContainer batch)
    {
        waiting.Enqueue(batch);
        if (waiting.Count > limit)
        {
            waiting.Dequeue();
            first++;
        }
    }

    /// <summary>A cursor before the oldest that waits.</summary>
    public IQueueCacheCursor Open()
    {
        var cursor = new Cursor(this, first - 1);
        cursors.Add(cursor);
        return cursor;
    }

    private DeliveryContainer? At(long position) =>
        position >= first && position < first + waiting.Count ? waiting.ElementAt((int)(position - first)) : null;

    // What every cursor is done with need not wait any longer.
    private void Release()
    {
        if (cursors.Count == 0)
        {
            return;
        }

        var done = cursors.Min(static cursor => cursor.Done);
        while (waiting.Count > 0 && first <= done)
        {
            waiting.Dequeue();
            first++;
        }
    }

    private sealed class Cursor(NodeBacklog backlog, long done) : IQueueCacheCursor
    {
        private long position = done;

        /// <summary>The position up to which batches were sent, or given up.</summary>
        public long Done { get; private set; } = done;

        public IBatchContainer? GetCurrent(out Exception? exception)
        {
            exception = null;
            return backlog.At(position);
        }

        // Agents move on when they are done with the current one.
        public bool MoveNext()
        {
            Done = position;
            backlog.Release();
            var next = Math.Max(position + 1, backlog.first);
            if (next >= backlog.first + backlog.waiting.Count)
            {
                return false;
            }

            position = next;
            return true;
        }

        public void Refresh(StreamSequenceToken token)
        {
            // There is one order of batches, and this cursor follows it.
        }

        public void RecordDeliveryFailure()
        {
            // The node asks its grains instead.
        }

        public void Dispose()
        {
            backlog.cursors.Remove(this);
            backlog.Release();
        }
    }
}
