namespace OrleansChat.Storage.Files.Live;

/// <summary>
/// Copies what is needed of old segments to the end of the log, the events of a conversation as one record where they follow each other. Cut off
/// anywhere it does no harm: whoever reads both takes the later record.
/// </summary>
internal sealed class ForwardCopy(LiveIndex index, LogSegments segments, CommitBuffer buffer, int commitBytes)
{
    /// <summary>Copies.</summary>
    public void Copy(HashSet<Segment> old)
    {
        var stretches = index.NeededOf(old, commitBytes);
        var offsets = new List<int>();
        for (var done = 0; done < stretches.Count; done += offsets.Count)
        {
            offsets.Clear();
            buffer.Begin();
            do
            {
                offsets.Add(Copy(stretches[done + offsets.Count]));
            }
            while (done + offsets.Count < stretches.Count && buffer.Length < commitBytes);

            var segment = segments.Append(buffer, out var start);
            for (var i = 0; i < offsets.Count; i++)
            {
                index.Moved(stretches[done + i], segment, start + offsets[i]);
            }
        }
    }

    private int Copy(Stretch stretch)
    {
        var offset = buffer.AddEvents(stretch.Tail.Name, stretch.First, stretch.Last, stretch.Length, out var lines);
        foreach (var extent in stretch.Extents)
        {
            extent.Segment.Read(lines[..extent.Length], extent.Offset);
            lines = lines[extent.Length..];
        }

        return offset;
    }
}
