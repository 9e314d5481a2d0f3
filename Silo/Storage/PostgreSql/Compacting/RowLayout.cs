using OrleansChat.Events;

namespace OrleansChat.Storage.PostgreSql.Compacting;

/// <summary>How compacted events are spread over rows: few enough to read a long history fast, small enough to read a part of it.</summary>
internal static class RowLayout
{
    /// <summary>How large a row of several records gets at most, in bytes. One record alone may be larger.</summary>
    public const int MaxRowBytes = 64 * 1024;

    /// <summary>
    /// How many of the rows before the new ones are merged into them. A row is merged only into what is as large as itself, so
    /// the small ones at the end double in size as numbers carry digits: each event is written again a few times, by the logarithm of
    /// <see cref="MaxRowBytes"/>, however long the history is, and only a few rows stay small.
    /// </summary>
    /// <param name="newBytes">The size of the new rows.</param>
    /// <param name="sizes">The sizes of the rows before them, the newest first.</param>
    public static int CountMerged(int newBytes, IReadOnlyList<int> sizes)
    {
        var count = 0;
        var bytes = newBytes;
        while (count < sizes.Count && sizes[count] <= bytes && bytes + sizes[count] <= MaxRowBytes)
        {
            bytes += sizes[count++];
        }

        return count;
    }

    /// <summary>Cuts a block into rows.</summary>
    public static List<EventBlock> Cut(EventBlock block)
    {
        var rows = new List<EventBlock>();
        var (start, length) = (0, 0);
        var (first, last) = (block.First, block.First - 1);
        foreach (var line in block)
        {
            var size = line.Json.Length + 1;
            if (length > 0 && length + size > MaxRowBytes)
            {
                rows.Add(new EventBlock(first, last, block.Lines.Slice(start, length)));
                (start, length, first) = (start + length, 0, line.First);
            }

            length += size;
            last = line.Last;
        }

        rows.Add(new EventBlock(first, last, block.Lines.Slice(start, length)));
        return rows;
    }
}
