using System.Diagnostics.CodeAnalysis;
using OrleansChat.Events;

namespace OrleansChat.Feeds;

/// <summary>Blocks that came before what precedes them; they wait until that is here. What finds no room is fetched again later.</summary>
internal sealed class BlocksAhead
{
    /// <summary>How many blocks may wait.</summary>
    internal const int Limit = 64;

    private readonly SortedList<long, EventBlock> blocks = [];

    /// <summary>Has a block wait, if there is room.</summary>
    public void Add(EventBlock block)
    {
        if (blocks.Count < Limit)
        {
            blocks[block.First] = block;
        }
    }

    /// <summary>Takes out the first block if there is no gap between it and <paramref name="head"/> any more.</summary>
    public bool TryTakeAfter(long head, [NotNullWhen(true)] out EventBlock? block)
    {
        block = blocks.Count > 0 && blocks.GetKeyAtIndex(0) <= head + 1 ? blocks.GetValueAtIndex(0) : null;
        if (block is not null)
        {
            blocks.RemoveAt(0);
        }

        return block is not null;
    }
}
