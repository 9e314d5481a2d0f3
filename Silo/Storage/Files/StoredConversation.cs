using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Storage.Files.Live;
using OrleansChat.Storage.Files.Usage;

namespace OrleansChat.Storage.Files;

/// <summary>
/// Everything that is stored of one conversation, behind one lock: its journal, which is opened when it is first needed, and its
/// place in the owner's catalog.
/// </summary>
internal sealed class StoredConversation(
    ConversationKey key,
    StorePaths paths,
    Disk disk,
    LiveLog log,
    OwnerCatalogs catalogs,
    UsageLedger ledger,
    ILogger logger) : IDisposable
{
    private readonly Lock gate = new();
    private ConversationJournal? journal;
    private Conversation? next;
    private LiveTail? nextTail;
    private long nextHead;
    private bool opened;
    private bool disposed;

    /// <summary>
    /// Begins an append, if the head is the one expected. Unless it throws or goes nowhere, the conversation is locked until
    /// <see cref="EndAppend"/> on the same thread, and the caller writes in between.
    /// </summary>
    /// <param name="append">The append.</param>
    /// <param name="head">The journal's head.</param>
    /// <param name="live">What the log needs, where the append has to do with it.</param>
    public AppendWay BeginAppend(JournalAppend append, out long head, out LiveAppend live)
    {
        var way = AppendWay.None;
        live = default;
        gate.Enter();
        try
        {
            Open();
            head = journal?.Head ?? 0;
            if (append.ExpectedHead != head)
            {
                return AppendWay.None;
            }

            // First, so that what cannot be opened again is not written either.
            next = ConversationJournal.Fold(key.Id, journal?.Attributes, append.Events)
                ?? throw new InvalidOperationException($"Nothing creates {key.Id}.");
            var starts = next.Status == ConversationStatus.Replying;
            var goesToLog = journal is { IsLive: true } || (journal is not null && (UsageLedger.Counts(append) || IsGroup(append)));
            nextHead = append.Block.Last;
            nextTail = goesToLog || starts ? journal?.Tail ?? log.TailOf(key) : null;
            if (nextTail is not null)
            {
                live = new LiveAppend(nextTail, append.Block, isMark: !goesToLog, isReplying: starts);
            }

            way = goesToLog ? AppendWay.Log : starts ? AppendWay.MarkedMain : AppendWay.Main;
            return way;
        }
        finally
        {
            if (way == AppendWay.None)
            {
                gate.Exit();
            }
        }
    }

    /// <summary>Takes note that the log has the append that was begun.</summary>
    public void AppendedToLog() => journal!.Appended(nextHead, next!, nextTail!);

    /// <summary>Writes the append that was begun to the main file, on any thread.</summary>
    public void AppendToMain(JournalAppend append)
    {
        try
        {
            WriteMain(append);
        }
        catch when (nextTail is { } tail)
        {
            // No reply has started.
            log.Settle(tail, mainLast: 0);
            throw;
        }
    }

    /// <summary>Ends the append that was begun, whatever came of it.</summary>
    public void EndAppend()
    {
        (next, nextTail) = (null, null);
        gate.Exit();
    }

    /// <summary>Reads the events after a cursor; null when there is no such conversation.</summary>
    public JournalPage? Read(long after, int maxBytes)
    {
        lock (gate)
        {
            Open();
            return journal?.Read(after, maxBytes);
        }
    }

    /// <summary>The conversation; null when there is none.</summary>
    public Conversation? Summarize()
    {
        lock (gate)
        {
            Open();
            return journal?.Summary;
        }
    }

    /// <summary>The conversation, after what the log has of it was moved to its main file; null when there is none, or a reply runs.</summary>
    /// <param name="wasLive">Whether there was anything to move.</param>
    public Conversation? Settle(out bool wasLive)
    {
        lock (gate)
        {
            Open();
            wasLive = journal is { IsLive: true };
            journal?.Compact(key, ledger);
            return journal is { IsReplying: false } ? journal.Summary : null;
        }
    }

    /// <summary>Stores the deltas of replies that have ended as runs.</summary>
    public void Compact()
    {
        lock (gate)
        {
            Open();
            journal?.Compact(key, ledger);
        }
    }

    /// <summary>Whether the journal ends within a reply.</summary>
    public bool IsUnfinished()
    {
        lock (gate)
        {
            Open();
            return journal is { IsReplying: true };
        }
    }

    /// <summary>Removes everything; false when there was no such conversation.</summary>
    public bool Delete()
    {
        lock (gate)
        {
            var existed = true;
            try
            {
                Open();
                existed = journal is not null;
            }
            catch (InvalidDataException)
            {
                // What is damaged can be deleted like anything else.
            }

            journal?.Record(key, ledger);
            journal?.Dispose();
            journal = null;
            opened = false;
            if (existed)
            {
                RemoveMain();
                log.Delete(key);
            }

            opened = true;
            return existed;
        }
    }

    /// <summary>
    /// Closes the file, where what is known of the conversation must not be forgotten: while a reply runs, each of its pieces would have everything
    /// read again, and pieces need no more than what is known.
    /// </summary>
    /// <returns>Whether that is so.</returns>
    public bool TryPark()
    {
        lock (gate)
        {
            if (journal is not { IsLive: true })
            {
                return false;
            }

            journal.CloseFile();
            return true;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            journal?.Dispose();
            journal = null;
        }
    }

    // Messages that belong together: a crash may leave a part of what it interrupts in a main file, and never in the log.
    private static bool IsGroup(JournalAppend append) => append.Events.Count(next => next is MessageCreated) > 1;

    private void Open()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (opened)
        {
            return;
        }

        journal = ConversationJournal.Open(key, paths, disk, log, logger);
        if (journal is null)
        {
            RemoveMain();
            log.DeleteIfKnown(key);
        }

        opened = true;
    }

    private void WriteMain(JournalAppend append)
    {
        if (journal is not null)
        {
            journal.Append(append.Block, next!, nextTail);
            return;
        }

        // Where making it fails, what came of it is for the next opening to see.
        opened = false;
        journal = ConversationJournal.Create(key, paths, append.Block, next!, disk, log, nextTail);
        opened = true;
        catalogs.Add(key, next!.IsTransient);
    }

    // Before the log is told: without the main file there is no conversation, so what a crash leaves in the log does not count.
    private void RemoveMain()
    {
        if (paths.FindMain(key) is { } main)
        {
            Disk.Delete(main);
            disk.FlushDirectory(Path.GetDirectoryName(main)!);
        }

        catalogs.Remove(key);
    }
}
