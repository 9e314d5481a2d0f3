using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;
using OrleansChat.Events;

namespace OrleansChat.Storage.Files.Live;

/// <summary>
/// The log that all running replies share: a commit appends the events of all its conversations in one write, and flushes once. Nothing
/// stays here: an ended reply goes to its conversation's main file, and segments with nothing that is needed are deleted, oldest first. A
/// note that something is not needed thus never goes before what it speaks of.
/// </summary>
/// <remarks>Locks are taken in this order: a conversation's, <see cref="writing"/>, the index's.</remarks>
internal sealed partial class LiveLog : IDisposable
{
    // So many notes are worth a write of their own.
    private const int MostNotes = 1024;

    private readonly LiveLogOptions options;
    private readonly Disk disk;
    private readonly ILogger logger;
    private readonly LiveIndex index = new();
    private readonly Lock writing = new();
    private readonly CommitBuffer buffer = new();
    private readonly LogSegments segments;
    private readonly ForwardCopy copying;
    private readonly ITimer erasing;
    private bool isEraseDue;
    private bool disposed;

    /// <summary>Opens the log: finds what is needed of all segments, and copies it to a new one.</summary>
    /// <exception cref="InvalidDataException">A segment is damaged before its end. The message names file and offset.</exception>
    public LiveLog(StorePaths paths, Disk disk, ILogger logger, LiveLogOptions options, TimeProvider clock)
    {
        this.options = options;
        this.disk = disk;
        this.logger = logger;
        disk.CreateDirectory(paths.Live);
        segments = new LogSegments(paths.Live, disk, logger, options.SegmentBytes);
        copying = new ForwardCopy(index, segments, buffer, options.CommitBytes);
        erasing = clock.CreateTimer(_ => Clear(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        try
        {
            lock (writing)
            {
                Load(paths);
            }
        }
        catch
        {
            erasing.Dispose();
            segments.Dispose();
            throw;
        }
    }

    /// <summary>How many files the log has.</summary>
    public int Segments
    {
        get
        {
            lock (writing)
            {
                return segments.Count;
            }
        }
    }

    /// <summary>What the log has of a conversation, for appending to it: something new where it has nothing.</summary>
    public LiveTail TailOf(ConversationKey key) => index.TryFind(key, out var tail) ? tail : new LiveTail(key);

    /// <summary>What the log has of a conversation; null when that is nothing.</summary>
    public LiveTail? Find(ConversationKey key) => index.TryFind(key, out var tail) ? tail : null;

    /// <summary>What the log has of an owner's conversations.</summary>
    public LiveTail[] Of(OwnerId owner) => [.. index.All().Where(tail => tail.Key.Owner == owner)];

    /// <summary>The conversations in which a reply may be running, and nothing was appended for a while.</summary>
    public List<ConversationKey> Quiet(TimeSpan quietFor) => index.Quiet(quietFor);

    /// <summary>Appends what a commit has, and notes in each what became of it. Nothing remains of one that failed.</summary>
    public void Append(Span<LiveAppend> appends)
    {
        lock (writing)
        {
            while (!appends.IsEmpty)
            {
                appends = appends[AppendSome(appends)..];
            }

            MakeRoom();
        }
    }

    /// <summary>The events after a cursor; see <see cref="JournalFile.Read"/>.</summary>
    public EventBlock? Read(LiveTail tail, long after, int maxBytes, bool atLeastOne) =>
        LiveReading.Read(index, tail, after, maxBytes, atLeastOne);

    /// <summary>Has each line that the log has of a conversation checked, in order.</summary>
    /// <exception cref="InvalidDataException">A line is malformed. The message names file and offset.</exception>
    public void Scan(LiveTail tail, JournalScan scan) => LiveReading.Scan(index, tail, scan);

    /// <summary>Notes what opening a conversation has shown: where its main file ends, and whether a reply runs.</summary>
    public LiveTail? Opened(ConversationKey key, long mainLast, bool isReplying)
    {
        if (!index.TryFind(key, out var tail))
        {
            if (!isReplying)
            {
                return null;
            }

            // Only where somebody removed the log. The reply is unfinished all the same.
            tail = new LiveTail(key);
            index.Add(tail);
        }

        index.Opened(tail, mainLast, isReplying);
        if (tail.Last > 0 || isReplying)
        {
            return tail;
        }

        Settle(tail, mainLast);
        return null;
    }

    /// <summary>Forgets a conversation whose events are all in the main file.</summary>
    /// <param name="tail">The conversation's part of the log.</param>
    /// <param name="mainLast">The sequence of the main file's last event; 0 where the log knows more than the main file, as when a start has failed.</param>
    public void Settle(LiveTail tail, long mainLast)
    {
        if (index.Settle(tail, mainLast) >= MostNotes)
        {
            lock (writing)
            {
                TryTell();
            }
        }
    }

    /// <summary>
    /// Forgets a conversation whose main file was deleted. From when this returns nothing here is taken for a new conversation's of the same key; the bytes
    /// are gone within <see cref="LiveLogOptions.EraseAfter"/>, or when the log is opened again.
    /// </summary>
    public void Delete(ConversationKey key)
    {
        lock (writing)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (segments.Count > 0)
            {
                index.MustDelete(key);
                buffer.Begin();
                buffer.AddDeleted(index.TryFind(key, out var tail) ? tail.Name : new LiveTail(key).Name);
                segments.Append(buffer, out _);
                EraseLater();
            }

            index.Delete(key);
        }
    }

    /// <summary>The same where no main file was found, which is how most conversations begin.</summary>
    public void DeleteIfKnown(ConversationKey key)
    {
        if (index.Knows(key))
        {
            Delete(key);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (writing)
        {
            if (disposed)
            {
                return;
            }

            disposed = true;
            erasing.Dispose();
            if (index.IsEmpty)
            {
                segments.DeleteAll();
            }
            else
            {
                TryTell();
            }

            segments.Dispose();
        }
    }

    private void Load(StorePaths paths)
    {
        foreach (var tail in segments.Load())
        {
            // A deletion that was cut off: the main file goes first.
            if (paths.FindMain(tail.Key) is not null)
            {
                index.Add(tail);
            }
            else
            {
                index.MustDelete(tail.Key);
            }
        }

        PreviousLayout.TakeOver(paths, disk, logger, this, index);
        if (segments.Count > 0)
        {
            Clear();
        }
    }

    /// <summary>Takes in events from elsewhere, while the log is being opened.</summary>
    public void Import(LiveTail tail, EventBlock block, bool isMark)
    {
        var import = new LiveAppend(tail, block, isMark, isReplying: true);
        AppendSome(new Span<LiveAppend>(ref import));
        if (import.Failure is { } failure)
        {
            throw failure;
        }

        // As with everything that was there before, nobody knows yet, and it has been quiet.
        tail.IsReplying = null;
        tail.LastAppend = 0;
    }

    private int AppendSome(Span<LiveAppend> appends)
    {
        var count = 0;
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            buffer.Begin();
            var told = index.Tell(buffer);
            do
            {
                ref var append = ref appends[count++];
                var (block, length) = (append.Block, append.IsMark ? 0 : append.Block.Lines.Length);
                append.Offset = buffer.AddEvents(append.Tail.Name, block.First, block.Last, length, out var lines);
                block.Lines.Span[..length].CopyTo(lines);
            }
            while (count < appends.Length && buffer.Length < options.CommitBytes);

            var segment = segments.Append(buffer, out var start);
            index.Told(told);
            index.Publish(appends[..count], segment, start);
        }
        catch (Exception e)
        {
            foreach (ref var append in appends[..count])
            {
                append.Failure = e;
            }
        }

        return count;
    }
}
