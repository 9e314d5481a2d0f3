using System.Text;
using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files.Live;

/// <summary>
/// What the log has of one conversation: the events that the main file does not have yet. Changes under the lock of
/// <see cref="LiveIndex"/>, and but for <see cref="Extents"/> only where the conversation's own lock is held too.
/// </summary>
internal sealed class LiveTail(ConversationKey key)
{
    /// <summary>The conversation.</summary>
    public ConversationKey Key { get; } = key;

    /// <summary>Its key as it stands in the log.</summary>
    public byte[] Name { get; } = Encoding.ASCII.GetBytes(key.ToString());

    /// <summary>Where the events are, in the order of their sequences.</summary>
    public List<Extent> Extents { get; } = [];

    /// <summary>Where the log says that a reply starts, until the log has more of it.</summary>
    public StartMark? Mark { get; set; }

    /// <summary>The sequence of the last event here; 0 when there is none.</summary>
    public long Last { get; set; }

    /// <summary>Whether a reply runs; null when nobody has looked since the log was opened.</summary>
    public bool? IsReplying { get; set; }

    /// <summary>When something was last appended, by the stopwatch; 0 when nothing was since the log was opened.</summary>
    public long LastAppend { get; set; }

    /// <summary>The extent that has an event, or the first one after it; the number of extents when there is none.</summary>
    public int IndexOf(long sequence)
    {
        var (low, high) = (0, Extents.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (Extents[middle].Last < sequence)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }

    /// <summary>
    /// Takes in events found in a segment, which come in any order, and twice where a copy was cut off: a later record stands for all
    /// that lie within it.
    /// </summary>
    public void Take(Extent found)
    {
        var from = IndexOf(found.First);
        var to = from;
        while (to < Extents.Count && Extents[to].First >= found.First && Extents[to].Last <= found.Last)
        {
            to++;
        }

        Extents.RemoveRange(from, to - from);
        Extents.Insert(from, found);
        Last = Extents[^1].Last;
        Mark = Mark is { } mark && mark.Last > Last ? mark : null;
    }

    /// <summary>Forgets events up to a sequence.</summary>
    public void RemoveThrough(long sequence)
    {
        Extents.RemoveRange(0, IndexOf(sequence + 1));
        Last = Extents.Count == 0 ? 0 : Extents[^1].Last;
    }
}
