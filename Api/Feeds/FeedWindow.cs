namespace OrleansChat.Feeds;

/// <summary>The newest blocks of a conversation, without a gap, up to a limit. A reader who falls out of it reads the journal.</summary>
internal sealed class FeedWindow
{
    /// <summary>How many bytes are kept, about.</summary>
    internal const int MaxBytes = 64 * 1024;

    // Ordered and gap-free. A list, because readers at different cursors search it; it is short.
    private readonly List<FeedBlock> blocks = [];
    private int bytes;

    /// <summary>The sequence of the first event that is here, or of the next one that will be.</summary>
    public long First { get; private set; } = 1;

    /// <summary>Forgets everything and goes on at a sequence.</summary>
    public void Clear(long first)
    {
        blocks.Clear();
        bytes = 0;
        First = first;
    }

    /// <summary>Adds the block that follows.</summary>
    public void Add(FeedBlock block)
    {
        blocks.Add(block);
        bytes += block.Block.Lines.Length;
        if (bytes <= MaxBytes)
        {
            return;
        }

        // Half at a time, so that moving the rest down costs little per block.
        var (drop, kept) = (0, bytes);
        while (kept > MaxBytes / 2 && drop < blocks.Count - 1)
        {
            kept -= blocks[drop++].Block.Lines.Length;
        }

        blocks.RemoveRange(0, drop);
        bytes = kept;
        First = blocks[0].Block.First;
    }

    /// <summary>The block that holds the event after a cursor; null when it is not here.</summary>
    public FeedBlock? After(long cursor)
    {
        if (cursor + 1 < First || blocks.Count == 0 || cursor >= blocks[^1].Block.Last)
        {
            return null;
        }

        // Almost every reader is at the newest block.
        if (cursor + 1 >= blocks[^1].Block.First)
        {
            return blocks[^1];
        }

        var (low, high) = (0, blocks.Count - 1);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (blocks[middle].Block.Last <= cursor)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return blocks[low];
    }
}
