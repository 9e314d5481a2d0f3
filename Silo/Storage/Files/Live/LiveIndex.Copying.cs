using System.Runtime.InteropServices;

namespace OrleansChat.Storage.Files.Live;

/// <content>What <see cref="ForwardCopy"/> asks and tells.</content>
internal sealed partial class LiveIndex
{
    /// <summary>What is needed of some segments: marks, and stretches of consecutive events.</summary>
    /// <param name="segments">The segments.</param>
    /// <param name="maxBytes">How long a stretch gets at most, unless one extent is longer.</param>
    public List<Stretch> NeededOf(IReadOnlySet<Segment> segments, int maxBytes)
    {
        var found = new List<Stretch>();
        lock (gate)
        {
            foreach (var tail in tails.Values)
            {
                if (tail.Mark is { } mark && segments.Contains(mark.Segment))
                {
                    found.Add(new Stretch(tail, mark, []));
                }

                Stretch? open = null;
                foreach (ref readonly var extent in CollectionsMarshal.AsSpan(tail.Extents))
                {
                    if (!segments.Contains(extent.Segment))
                    {
                        open = null;
                        continue;
                    }

                    if (open is null || open.Length + extent.Length > maxBytes || open.Extents[^1].Last + 1 != extent.First)
                    {
                        open = new Stretch(tail, null, []);
                        found.Add(open);
                    }

                    open.Add(extent);
                }
            }
        }

        return found;
    }

    /// <summary>Notes that a stretch was copied to another segment, unless it is not needed any more.</summary>
    public void Moved(Stretch stretch, Segment segment, long offset)
    {
        lock (gate)
        {
            var tail = stretch.Tail;
            if (stretch.Mark is { } mark)
            {
                if (tail.Mark == mark)
                {
                    mark.Segment.Needed--;
                    segment.Needed++;
                    tail.Mark = mark with { Segment = segment };
                }

                return;
            }

            var index = tail.IndexOf(stretch.First);
            if (index == tail.Extents.Count || tail.Extents[index] != stretch.Extents[0])
            {
                return;
            }

            foreach (var extent in stretch.Extents)
            {
                extent.Segment.Needed--;
            }

            segment.Needed++;
            tail.Extents.RemoveRange(index, stretch.Extents.Count);
            tail.Extents.Insert(index, new Extent(stretch.First, stretch.Last, segment, (int)offset, stretch.Length));
        }
    }
}
