using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;

namespace OrleansChat.Storage.Files;

/// <summary>
/// A conversation's journal: the main file, and while a reply runs the live file. The append that starts a reply still goes to
/// the main file and all that follow to the live file, until compaction appends what they come to to the main file. So both
/// files are append-only, no delta is ever rewritten more than once, and a turn costs the same however long the history is.
/// Not for several threads at once.
/// </summary>
internal sealed class ConversationJournal : IDisposable
{
    private readonly string livePath;
    private readonly Disk disk;
    private readonly ILogger logger;
    private readonly JournalFile main;
    private JournalFile? live;

    private ConversationJournal(JournalFile main, string livePath, Conversation summary, Disk disk, ILogger logger)
    {
        this.main = main;
        this.livePath = livePath;
        this.disk = disk;
        this.logger = logger;
        Summary = summary;
    }

    /// <summary>The conversation as committed.</summary>
    public Conversation Summary { get; private set; }

    /// <summary>The sequence of the newest event.</summary>
    public long Head => Summary.Sequence;

    /// <summary>Begins a journal. The files do not exist, or only their remains do.</summary>
    public static ConversationJournal Create(ConversationKey key, StorePaths paths, JournalAppend append, Disk disk, ILogger logger)
    {
        var summary = Fold(key.Id, null, append.Events)
            ?? throw new InvalidOperationException($"Nothing creates {key.Id}.");
        disk.CreateDirectory(paths.Owner(key.Owner));
        var created = JournalFile.Create(paths.Main(key), FileMode.CreateNew, disk, append.Block);
        return new ConversationJournal(created, paths.Live(key), summary, disk, logger);
    }

    /// <summary>Opens a journal; null when there is none, although files may remain of its creation or deletion.</summary>
    /// <exception cref="InvalidDataException">A line is malformed. The message names file and line.</exception>
    public static ConversationJournal? Open(ConversationKey key, StorePaths paths, Disk disk, ILogger logger)
    {
        if (!File.Exists(paths.Main(key)))
        {
            return null;
        }

        // Flushes the folder's name, for the reason that the scan flushes the files.
        disk.CreateDirectory(paths.Owner(key.Owner));
        var scan = new JournalScan(key.Id, disk, logger);
        var mainFile = scan.Read(paths.Main(key));
        if (scan.Head == 0)
        {
            mainFile.Dispose();
            return null;
        }

        JournalFile? liveFile;
        try
        {
            liveFile = File.Exists(paths.Live(key)) ? scan.Read(paths.Live(key)) : null;
        }
        catch
        {
            mainFile.Dispose();
            throw;
        }

        var journal = new ConversationJournal(mainFile, paths.Live(key), scan.Summary, disk, logger) { live = liveFile };
        if (liveFile is { Last: 0 })
        {
            // A compaction was cut off before its last step, or an append before its first.
            journal.RemoveLive();
        }

        return journal;
    }

    /// <summary>Appends events that follow <see cref="Head"/>. When that throws, nothing has changed.</summary>
    public void Append(JournalAppend append)
    {
        // First, so that what cannot be opened again is not written either.
        var next = Fold(Summary.Id, Summary, append.Events)!;
        if (live is not null)
        {
            live.Append(append.Block);
        }
        else if (Summary.Status == ConversationStatus.Replying)
        {
            // Not CreateNew: a live file whose deletion failed may remain, and the main file has all of it.
            live = JournalFile.Create(livePath, FileMode.Create, disk, append.Block);
        }
        else
        {
            main.Append(append.Block);
        }

        Summary = next;
    }

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

        if (live is not null && after >= main.Last && after < live.Last
            && live.Read(after, maxBytes, atLeastOne: blocks.Count == 0) is { } rest)
        {
            blocks.Add(rest);
        }

        return new JournalPage(blocks.DrainToImmutable(), Head);
    }

    /// <summary>
    /// Moves the live file's events to the main file, runs of deltas as one record. Cut off at any point, opening finds each event
    /// once: a live file counts only from where the main file ends.
    /// </summary>
    public void Compact()
    {
        if (live is null || Summary.Status == ConversationStatus.Replying)
        {
            return;
        }

        var tail = live.Read(main.Last, int.MaxValue, atLeastOne: true)!;
        main.Append(ReplyCompaction.Compact(tail));
        RemoveLive();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        main.Dispose();
        live?.Dispose();
    }

    private static Conversation? Fold(ConversationId id, Conversation? current, ImmutableArray<ConversationEvent> events)
    {
        foreach (var next in events)
        {
            // A delta changes nothing but the sequence, and there are many.
            if (next is not ReplyDelta || current is null)
            {
                current = Conversation.Apply(id, current, next);
            }
        }

        return current is null ? null : current with { Sequence = events[^1].Sequence };
    }

    private void RemoveLive()
    {
        live!.Dispose();
        live = null;
        if (Disk.TryDelete(livePath) is { } failure)
        {
            logger.LiveFileRemains(failure, livePath);
        }
    }
}
