using System.Diagnostics;
using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Journal;

namespace OrleansChat.Storage.Files;

/// <summary>
/// Everything that is stored of one conversation, behind one lock: its journal, which is opened when it is first needed, its
/// marker, and its place in the owner's catalog.
/// </summary>
internal sealed class StoredConversation(
    ConversationKey key,
    StorePaths paths,
    Disk disk,
    UnfinishedMarkers markers,
    OwnerCatalogs catalogs,
    ILogger logger) : IDisposable
{
    private readonly Lock gate = new();
    private ConversationJournal? journal;
    private long lastAppend;
    private bool opened;
    private bool disposed;

    /// <summary>Appends, if the head is the one expected.</summary>
    public AppendOutcome Append(JournalAppend append)
    {
        lock (gate)
        {
            Open();
            var head = journal?.Head ?? 0;
            if (append.ExpectedHead != head)
            {
                return new AppendOutcome.Fenced(head);
            }

            if (!ConcernsReply(append, out var starts))
            {
                Write(append);
                return AppendOutcome.Committed.Instance;
            }

            if (starts)
            {
                markers.Add(key);
            }

            try
            {
                Write(append);
                return AppendOutcome.Committed.Instance;
            }
            finally
            {
                // Also where the write failed, and no reply started.
                if (!IsReplying)
                {
                    markers.Remove(key);
                }
            }
        }
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

    /// <summary>Stores the deltas of replies that have ended as runs.</summary>
    public void Compact()
    {
        lock (gate)
        {
            Open();
            journal?.Compact();
        }
    }

    /// <summary>Whether the journal ends within a reply and did not grow for a while. If no reply is open, the marker goes.</summary>
    /// <param name="quietFor">For how long; what was not written since it was opened has always been quiet.</param>
    public bool CheckUnfinished(TimeSpan quietFor)
    {
        lock (gate)
        {
            Open();
            if (!IsReplying)
            {
                markers.Remove(key);
            }

            return IsReplying && (lastAppend == 0 || Stopwatch.GetElapsedTime(lastAppend) >= quietFor);
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

            journal?.Dispose();
            journal = null;
            opened = false;
            RemoveFiles();
            opened = true;
            return existed;
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

    private bool IsReplying => journal?.Summary.Status == ConversationStatus.Replying;

    private static bool ConcernsReply(JournalAppend append, out bool starts)
    {
        starts = false;
        var ends = false;
        foreach (var next in append.Events)
        {
            starts |= next is ReplyStarted;
            ends |= next is ReplyEnded;
        }

        return starts || ends;
    }

    private void Open()
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        if (opened)
        {
            return;
        }

        journal = ConversationJournal.Open(key, paths, disk, logger);
        if (journal is null)
        {
            RemoveFiles();
        }

        opened = true;
    }

    private void Write(JournalAppend append)
    {
        lastAppend = Stopwatch.GetTimestamp();
        if (journal is not null)
        {
            journal.Append(append);
            return;
        }

        // Where making it fails, what came of it is for the next opening to see.
        opened = false;
        journal = ConversationJournal.Create(key, paths, append, disk, logger);
        opened = true;
        catalogs.Add(key);
    }

    // The main file first: without it there is no conversation, so what a crash leaves of the others is removed with the next opening.
    private void RemoveFiles()
    {
        var main = paths.Main(key);
        if (File.Exists(main))
        {
            Disk.Delete(main);
            disk.FlushDirectory(paths.Owner(key.Owner));
        }

        catalogs.Remove(key);
        Disk.Delete(paths.Live(key));
        markers.Remove(key);
    }
}
