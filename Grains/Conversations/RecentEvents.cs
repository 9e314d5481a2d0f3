using System.Collections.Immutable;
using OrleansChat.Events;

namespace OrleansChat.Conversations;

/// <summary>The newest committed events, kept in memory so that a reader who lags or comes back costs no read of the store.</summary>
internal sealed class RecentEvents
{
    /// <summary>How many bytes are kept, about: a long reply. Older events are read from the store.</summary>
    internal const int MaxBytes = 64 * 1024;

    private readonly Queue<EventBlock> blocks = new();
    private int bytes;

    /// <summary>Adds what was just committed.</summary>
    public void Add(EventBlock block)
    {
        blocks.Enqueue(block);
        bytes += block.Lines.Length;
        while (bytes > MaxBytes && blocks.Count > 1)
        {
            bytes -= blocks.Dequeue().Lines.Length;
        }
    }

    /// <summary>All events after a cursor, in whole blocks; false when some of them are no longer here.</summary>
    public bool TryRead(long after, out ImmutableArray<EventBlock> found)
    {
        found = [];
        if (!blocks.TryPeek(out var oldest) || oldest.First > after + 1)
        {
            return false;
        }

        found = [.. blocks.SkipWhile(block => block.Last <= after)];
        return true;
    }
}
