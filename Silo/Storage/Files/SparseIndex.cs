using OrleansChat.Events;

namespace OrleansChat.Storage.Files;

/// <summary>
/// Where some of a file's lines are: the first, and about one in every 64 KiB, which is what a read after a cursor may have to skip.
/// </summary>
internal sealed class SparseIndex
{
    private const int Stride = 64 * 1024;

    private readonly List<Entry> entries = [];

    /// <summary>Notes a line, which comes after all those noted before, if the last one noted is far enough away.</summary>
    /// <param name="first">The sequence of the line's first event.</param>
    /// <param name="offset">Where the line starts in the file.</param>
    public void Add(long first, long offset)
    {
        if (entries.Count == 0 || offset - entries[^1].Offset >= Stride)
        {
            entries.Add(new Entry(first, offset));
        }
    }

    /// <summary>Notes the lines of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="offset">Where it starts in the file.</param>
    public void Add(EventBlock block, long offset)
    {
        Add(block.First, offset);
        if (block.Lines.Length < Stride)
        {
            return;
        }

        foreach (var line in block)
        {
            Add(line.First, offset);
            offset += line.Json.Length + 1;
        }
    }

    /// <summary>The last line noted that starts at or before a sequence. There is one at or before each sequence in the file.</summary>
    public Entry Floor(long sequence)
    {
        var low = 0;
        var high = entries.Count - 1;
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (entries[middle].First <= sequence)
            {
                low = middle;
            }
            else
            {
                high = middle - 1;
            }
        }

        return entries[low];
    }

    /// <summary>A line.</summary>
    /// <param name="First">The sequence of its first event.</param>
    /// <param name="Offset">Where it starts in the file.</param>
    internal readonly record struct Entry(long First, long Offset);
}
