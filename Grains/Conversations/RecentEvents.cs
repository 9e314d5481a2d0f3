using System.Collections.Immutable;
using OrleansChat.Events;

namespace OrleansChat.Conversations;

/// <summary>The newest committed events, kept in memory so that a reader who lags or comes back costs no read of the store.</summary>
internal sealed class RecentEvents
{
    /// <summary>How many bytes are kept, about: a long reply. Older events are read from the store.</summary>
    internal const int MaxBytes = 64 * 1024;

    private readonly List<EventBlock> blocks = [];
    private int bytes;

    /// <summary>Adds what was just committed.</summary>
    public void Add(EventBlock block)
    {
        blocks.Add(block);
        bytes += block.Lines.Length;
        if (bytes <= MaxBytes)
        {
            return;
        }

        // Half at a time, so that moving the rest down costs little per block.
        var (drop, kept) = (0, bytes);
        while (kept > MaxBytes / 2 && drop < blocks.Count - 1)
        {
            kept -= blocks[drop++].Lines.Length;
        }

        blocks.RemoveRange(0, drop);
        bytes = kept;
    }

    /// <summary>All events after a cursor, in whole blocks; false when some of them are no longer here.</summary>
    public bool TryRead(long after, out ImmutableArray<EventBlock> found)
    {
        found = [];
        if (blocks.Count == 0 || blocks[0].First > after + 1)
        {
            return false;
        }

        // Who asks is near the end, mostly.
        var start = blocks.Count;
        while (start > 0 && blocks[start - 1].Last > after)
        {
            start--;
        }

        found = [.. blocks[start..]];
        return true;
    }
}
