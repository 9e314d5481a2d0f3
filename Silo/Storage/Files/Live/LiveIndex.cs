using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files.Live;

/// <summary>Which conversations the log has events of, and where. One short lock; nothing here waits for the disk.</summary>
internal sealed partial class LiveIndex
{
    private readonly Lock gate = new();
    private readonly Dictionary<ConversationKey, LiveTail> tails = [];
    private readonly List<(LiveTail Tail, long Last)> settled = [];
    private readonly HashSet<ConversationKey> undeleted = [];
    private long neededBytes;

    /// <summary>Whether the log has nothing that is needed.</summary>
    public bool IsEmpty
    {
        get
        {
            lock (gate)
            {
                return tails.Count == 0 && undeleted.Count == 0;
            }
        }
    }

    /// <summary>How many bytes the events have that are needed.</summary>
    public long NeededBytes
    {
        get
        {
            lock (gate)
            {
                return neededBytes;
            }
        }
    }

    /// <summary>All that is in the index.</summary>
    public LiveTail[] All()
    {
        lock (gate)
        {
            return [.. tails.Values];
        }
    }

    /// <summary>What the log has of a conversation.</summary>
    public bool TryFind(ConversationKey key, [NotNullWhen(true)] out LiveTail? tail)
    {
        lock (gate)
        {
            return tails.TryGetValue(key, out tail);
        }
    }

    /// <summary>Takes in what a segment was found to have, or a conversation of which the log has nothing yet.</summary>
    public void Add(LiveTail tail)
    {
        lock (gate)
        {
            tails.Add(tail.Key, tail);
            Count(tail, +1);
        }
    }

    /// <summary>The conversations in which a reply may be running, and nothing was appended for a while.</summary>
    public List<ConversationKey> Quiet(TimeSpan quietFor)
    {
        var found = new List<ConversationKey>();
        lock (gate)
        {
            foreach (var tail in tails.Values)
            {
                if (tail.IsReplying != false && (tail.LastAppend == 0 || Stopwatch.GetElapsedTime(tail.LastAppend) >= quietFor))
                {
                    found.Add(tail.Key);
                }
            }
        }

        return found;
    }

    /// <summary>Takes in what a commit has written.</summary>
    public void Publish(ReadOnlySpan<LiveAppend> appends, Segment segment, long start)
    {
        var now = Stopwatch.GetTimestamp();
        lock (gate)
        {
            foreach (ref readonly var append in appends)
            {
                var (tail, block) = (append.Tail, append.Block);
                if (tail.Extents.Count == 0)
                {
                    tails.TryAdd(tail.Key, tail);
                }

                DropMark(tail);
                segment.Needed++;
                if (append.IsMark)
                {
                    tail.Mark = new StartMark(block.First, block.Last, segment);
                }
                else
                {
                    tail.Extents.Add(new Extent(block.First, block.Last, segment, (int)(start + append.Offset), block.Lines.Length));
                    tail.Last = block.Last;
                    neededBytes += block.Lines.Length;
                }

                tail.IsReplying = append.IsReplying;
                tail.LastAppend = now;
            }
        }
    }

    /// <summary>Notes whether a reply runs, and forgets events that the main file turned out to have.</summary>
    public void Opened(LiveTail tail, long mainLast, bool isReplying)
    {
        lock (gate)
        {
            Count(tail, -1);
            tail.RemoveThrough(mainLast);
            tail.IsReplying = isReplying;
            Count(tail, +1);
        }
    }

    /// <summary>Forgets a conversation whose events are all in the main file. The log is told with its next commit.</summary>
    /// <returns>How many such notes wait for it.</returns>
    public int Settle(LiveTail tail, long mainLast)
    {
        lock (gate)
        {
            if (Remove(tail, out var last) && Math.Max(last, mainLast) is > 0 and var settledLast)
            {
                settled.Add((tail, settledLast));
            }

            return settled.Count;
        }
    }

    /// <summary>Writes what the log is yet to be told.</summary>
    /// <returns>How many notes that is, for <see cref="Told"/>.</returns>
    public int Tell(CommitBuffer buffer)
    {
        lock (gate)
        {
            foreach (var (tail, last) in settled)
            {
                buffer.AddSettled(tail.Name, last);
            }

            return settled.Count;
        }
    }

    /// <summary>Notes that the log was told.</summary>
    public void Told(int count)
    {
        lock (gate)
        {
            settled.RemoveRange(0, count);
        }
    }

    /// <summary>Notes that a conversation is deleted, and the log has to be told.</summary>
    public void MustDelete(ConversationKey key)
    {
        lock (gate)
        {
            undeleted.Add(key);
        }
    }

    /// <summary>Whether the log has something of a conversation, or has to be told of its deletion.</summary>
    public bool Knows(ConversationKey key)
    {
        lock (gate)
        {
            return tails.ContainsKey(key) || undeleted.Contains(key);
        }
    }

    /// <summary>Forgets a conversation of whose deletion the log was told.</summary>
    public void Delete(ConversationKey key)
    {
        lock (gate)
        {
            undeleted.Remove(key);
            settled.RemoveAll(note => note.Tail.Key == key);
            if (tails.TryGetValue(key, out var tail))
            {
                Remove(tail, out _);
            }
        }
    }

    /// <summary>Notes that nothing of any conversation that was deleted is in the log any more.</summary>
    public void DeletedAll()
    {
        lock (gate)
        {
            undeleted.Clear();
        }
    }

    /// <summary>Where the events after a cursor are, up to about a number of bytes. The caller returns the segments.</summary>
    public List<Extent> Rent(LiveTail tail, long after, int maxBytes)
    {
        var found = new List<Extent>();
        lock (gate)
        {
            var bytes = 0L;
            for (var i = tail.IndexOf(after + 1); i < tail.Extents.Count && (found.Count == 0 || bytes < maxBytes); i++)
            {
                found.Add(tail.Extents[i]);
                bytes += tail.Extents[i].Length;
                tail.Extents[i].Segment.Rent();
            }
        }

        return found;
    }

    private static void DropMark(LiveTail tail)
    {
        if (tail.Mark is { } mark)
        {
            mark.Segment.Needed--;
            tail.Mark = null;
        }
    }

    private bool Remove(LiveTail tail, out long last)
    {
        last = Math.Max(tail.Last, tail.Mark?.Last ?? 0);
        if (!tails.TryGetValue(tail.Key, out var current) || current != tail)
        {
            return false;
        }

        tails.Remove(tail.Key);
        Count(tail, -1);
        tail.Extents.Clear();
        tail.Mark = null;
        tail.Last = 0;
        return true;
    }

    private void Count(LiveTail tail, int sign)
    {
        foreach (ref readonly var extent in CollectionsMarshal.AsSpan(tail.Extents))
        {
            extent.Segment.Needed += sign;
            neededBytes += sign * extent.Length;
        }

        if (tail.Mark is { } mark)
        {
            mark.Segment.Needed += sign;
        }
    }
}
