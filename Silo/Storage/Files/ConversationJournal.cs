using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Storage.Files.Live;

namespace OrleansChat.Storage.Files;

/// <summary>
/// A conversation's journal: the main file, and while a reply runs its part of the log. The append that starts a reply still goes to
/// the main file and all that follow to the log, until compaction appends what they come to to the main file. So both
/// are append-only, few deltas are ever rewritten more than once, and a turn costs the same however long the history is.
/// Not for several threads at once.
/// </summary>
internal sealed class ConversationJournal : IDisposable
{
    private readonly LiveLog log;
    private readonly JournalFile main;

    private ConversationJournal(JournalFile main, LiveLog log, Conversation summary, LiveTail? tail)
    {
        this.main = main;
        this.log = log;
        Summary = summary;
        Tail = tail;
    }

    /// <summary>The conversation as committed.</summary>
    public Conversation Summary { get; private set; }

    /// <summary>The sequence of the newest event.</summary>
    public long Head => Summary.Sequence;

    /// <summary>What the log has of the conversation; null when that is nothing.</summary>
    public LiveTail? Tail { get; private set; }

    /// <summary>Whether a reply runs.</summary>
    public bool IsReplying => Summary.Status == ConversationStatus.Replying;

    /// <summary>Whether the next append goes to the log rather than to the main file.</summary>
    public bool IsLive => IsReplying || HasEventsInLog;

    private bool HasEventsInLog => Tail is { } tail && tail.Last > main.Last;

    /// <summary>Begins a journal. The file does not exist, or only its remains do.</summary>
    /// <param name="key">The conversation.</param>
    /// <param name="paths">Where its file belongs.</param>
    /// <param name="block">The first events.</param>
    /// <param name="summary">The conversation after them.</param>
    /// <param name="disk">How to write.</param>
    /// <param name="log">The log.</param>
    /// <param name="tail">What the log has; null when that is nothing.</param>
    public static ConversationJournal Create(
        ConversationKey key,
        StorePaths paths,
        EventBlock block,
        Conversation summary,
        Disk disk,
        LiveLog log,
        LiveTail? tail)
    {
        disk.CreateDirectory(paths.Owner(key.Owner));
        return new ConversationJournal(JournalFile.Create(paths.Main(key), FileMode.CreateNew, disk, block), log, summary, tail);
    }

    /// <summary>Opens a journal; null when there is none, although something may remain of its creation or deletion.</summary>
    /// <exception cref="InvalidDataException">A line is malformed. The message names the file, and line or offset.</exception>
    public static ConversationJournal? Open(ConversationKey key, StorePaths paths, Disk disk, LiveLog log, ILogger logger)
    {
        if (!File.Exists(paths.Main(key)))
        {
            return null;
        }

        // Flushes the folder's name, for the reason that the scan flushes the file.
        disk.CreateDirectory(paths.Owner(key.Owner));
        var scan = new JournalScan(key.Id, disk, logger);
        var mainFile = scan.Read(paths.Main(key));
        try
        {
            if (scan.Head == 0)
            {
                mainFile.Dispose();
                return null;
            }

            if (log.Find(key) is { } live)
            {
                log.Scan(live, scan);
            }

            var tail = log.Opened(key, mainFile.Last, scan.Summary.Status == ConversationStatus.Replying);
            return new ConversationJournal(mainFile, log, scan.Summary, tail);
        }
        catch
        {
            mainFile.Dispose();
            throw;
        }
    }

    /// <summary>The conversation after some events that follow; null when they do not begin with its creation.</summary>
    public static Conversation? Fold(ConversationId id, Conversation? current, ImmutableArray<ConversationEvent> events)
    {
        foreach (var next in events)
        {
            // A piece changes nothing but the sequence, and there are many.
            if (next is not IReplyContent || current is null)
            {
                current = Conversation.Apply(id, current, next);
            }
        }

        return current is null ? null : current with { Sequence = events[^1].Sequence };
    }

    /// <summary>Appends events that follow <see cref="Head"/> to the main file. When that throws, nothing has changed.</summary>
    /// <param name="block">The events.</param>
    /// <param name="next">The conversation after them.</param>
    /// <param name="tail">What the log has after them; null when that is nothing.</param>
    public void Append(EventBlock block, Conversation next, LiveTail? tail)
    {
        main.Append(block);
        (Summary, Tail) = (next, tail);
    }

    /// <summary>Notes that the log has taken events that follow <see cref="Head"/>.</summary>
    /// <param name="next">The conversation after them.</param>
    /// <param name="tail">What the log has.</param>
    public void Appended(Conversation next, LiveTail tail) => (Summary, Tail) = (next, tail);

    /// <summary>Reads the events after a cursor; see <see cref="IConversationStore.ReadAsync"/>.</summary>
    public JournalPage Read(long after, int maxBytes)
    {
        var blocks = ImmutableArray.CreateBuilder<EventBlock>(2);
        if (after < main.Last)
        {
            var block = main.Read(after, maxBytes, atLeastOne: true)!;
            blocks.Add(block);
            after = block.Last;
            maxBytes -= block.Lines.Length;
        }

        if (HasEventsInLog && after >= main.Last && after < Tail!.Last
            && log.Read(Tail, after, maxBytes, atLeastOne: blocks.Count == 0) is { } rest)
        {
            blocks.Add(rest);
        }

        return new JournalPage(blocks.DrainToImmutable(), Head);
    }

    /// <summary>
    /// Moves the events in the log to the main file, runs of pieces as one record. Cut off at any point, opening finds each event
    /// once: the log counts only from where the main file ends.
    /// </summary>
    public void Compact()
    {
        if (!HasEventsInLog || IsReplying)
        {
            return;
        }

        main.Append(ReplyCompaction.Compact(log.Read(Tail!, main.Last, int.MaxValue, atLeastOne: true)!));
        log.Settle(Tail!, main.Last);
        Tail = null;
    }

    /// <inheritdoc />
    public void Dispose() => main.Dispose();
}
