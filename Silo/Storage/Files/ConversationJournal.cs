using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Storage.Files.Live;
using OrleansChat.Storage.Files.Usage;

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
        (Attributes, Head) = (summary, summary.Sequence);
        Tail = tail;
    }

    /// <summary>The conversation as committed.</summary>
    public Conversation Summary => Attributes.Sequence == Head ? Attributes : Attributes = Attributes with { Sequence = Head };

    /// <summary>
    /// The same, but perhaps for its sequence: pieces of replies change nothing else, and a summary made anew for each would be a ninth of all
    /// that is allocated for one.
    /// </summary>
    public Conversation Attributes { get; private set; }

    /// <summary>The sequence of the newest event.</summary>
    public long Head { get; private set; }

    /// <summary>What the log has of the conversation; null when that is nothing.</summary>
    public LiveTail? Tail { get; private set; }

    /// <summary>Whether a reply runs.</summary>
    public bool IsReplying => Attributes.Status == ConversationStatus.Replying;

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
        disk.CreateDirectory(paths.Owner(key.Owner, summary.IsTransient));
        var file = JournalFile.Create(paths.Main(key, summary.IsTransient), FileMode.CreateNew, disk, block);
        return new ConversationJournal(file, log, summary, tail) { Head = block.Last };
    }

    /// <summary>Opens a journal; null when there is none, although something may remain of its creation or deletion.</summary>
    /// <exception cref="InvalidDataException">A line is malformed. The message names the file, and line or offset.</exception>
    public static ConversationJournal? Open(ConversationKey key, StorePaths paths, Disk disk, LiveLog log, ILogger logger)
    {
        if (paths.FindMain(key) is not { } path)
        {
            return null;
        }

        // Flushes the folder's name, for the reason that the scan flushes the file.
        disk.CreateDirectory(Path.GetDirectoryName(path)!);
        var scan = new JournalScan(key.Id, disk, logger);
        var mainFile = scan.Read(path);
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

    /// <summary>The <see cref="Attributes"/> after some events that follow; null when they do not begin with the conversation's creation.</summary>
    public static Conversation? Fold(ConversationId id, Conversation? current, ImmutableArray<ConversationEvent> events)
    {
        foreach (var next in events)
        {
            if (next is not IReplyContent || current is null)
            {
                current = Conversation.Apply(id, current, next);
            }
        }

        return current;
    }

    /// <summary>Appends events that follow <see cref="Head"/> to the main file. When that throws, nothing has changed.</summary>
    /// <param name="block">The events.</param>
    /// <param name="next">The <see cref="Attributes"/> after them.</param>
    /// <param name="tail">What the log has after them; null when that is nothing.</param>
    public void Append(EventBlock block, Conversation next, LiveTail? tail)
    {
        main.Append(block);
        (Attributes, Head, Tail) = (next, block.Last, tail);
    }

    /// <summary>Notes that the log has taken events that follow <see cref="Head"/>.</summary>
    /// <param name="head">The sequence of the last of them.</param>
    /// <param name="next">The <see cref="Attributes"/> after them.</param>
    /// <param name="tail">What the log has.</param>
    public void Appended(long head, Conversation next, LiveTail tail) => (Head, Attributes, Tail) = (head, next, tail);

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
    /// <param name="key">The conversation.</param>
    /// <param name="ledger">Where what its replies cost goes first: from the main file nobody would look for it any more.</param>
    public void Compact(ConversationKey key, UsageLedger ledger)
    {
        if (!HasEventsInLog || IsReplying)
        {
            return;
        }

        var live = log.Read(Tail!, main.Last, int.MaxValue, atLeastOne: true)!;
        ledger.Record(key, live);
        main.Append(ReplyCompaction.Compact(live));
        log.Settle(Tail!, main.Last);
        Tail = null;
    }

    /// <summary>Has what replies cost of which only the log knows written down, before the log has to forget it.</summary>
    public void Record(ConversationKey key, UsageLedger ledger)
    {
        if (HasEventsInLog)
        {
            ledger.Record(key, log.Read(Tail!, main.Last, int.MaxValue, atLeastOne: true)!);
        }
    }

    /// <summary>Closes the main file until it is needed again.</summary>
    public void CloseFile() => main.Close();

    /// <inheritdoc />
    public void Dispose() => main.Dispose();
}
