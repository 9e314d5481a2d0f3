using OrleansChat.Events;

namespace OrleansChat.Storage.Files.Live;

/// <summary>Reads one conversation's events in the log.</summary>
internal static class LiveReading
{
    /// <summary>Reads the events after a cursor; see <see cref="JournalFile.Read"/>.</summary>
    public static EventBlock? Read(LiveIndex index, LiveTail tail, long after, int maxBytes, bool atLeastOne)
    {
        var extents = index.Rent(tail, after, maxBytes);
        try
        {
            var bytes = new byte[extents.Sum(extent => extent.Length)];
            var filled = 0;
            foreach (var extent in extents)
            {
                extent.Segment.Read(bytes.AsSpan(filled, extent.Length), extent.Offset);
                filled += extent.Length;
            }

            return extents.Count == 0 ? null : Select(extents, bytes, after, maxBytes, atLeastOne);
        }
        finally
        {
            extents.ForEach(extent => extent.Segment.Return());
        }
    }

    /// <summary>Has each line checked, in order.</summary>
    public static void Scan(LiveIndex index, LiveTail tail, JournalScan scan)
    {
        var extents = index.Rent(tail, after: 0, int.MaxValue);
        try
        {
            var bytes = Array.Empty<byte>();
            foreach (var extent in extents)
            {
                Array.Resize(ref bytes, Math.Max(bytes.Length, extent.Length));
                var lines = bytes.AsSpan(0, extent.Length);
                extent.Segment.Read(lines, extent.Offset);
                scan.ReadLive(extent, lines);
            }
        }
        finally
        {
            extents.ForEach(extent => extent.Segment.Return());
        }
    }

    private static EventBlock? Select(List<Extent> extents, byte[] bytes, long after, int maxBytes, bool atLeastOne)
    {
        var (next, first) = (extents[0].First, 0L);
        var (start, end) = (0, 0);
        while (end < bytes.Length)
        {
            var length = bytes.AsSpan(end).IndexOf((byte)'\n');
            if (length <= 0 || !EventLine.TryRead(bytes.AsSpan(end, length), next, out var line))
            {
                throw new InvalidDataException($"{extents[0].Segment.FilePath}, from byte {extents[0].Offset}: event {next} is not where it was.");
            }

            if (line.Last > after)
            {
                var fits = end + length + 1 - start <= maxBytes;
                if (!fits && (first > 0 || !atLeastOne))
                {
                    break;
                }

                first = first > 0 ? first : line.First;
                end += length + 1;
            }
            else
            {
                start = end += length + 1;
            }

            next = line.Last + 1;
        }

        return first > 0 ? new EventBlock(first, next - 1, bytes.AsMemory(start, end - start)) : null;
    }
}
