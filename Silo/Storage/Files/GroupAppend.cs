using System.Runtime.InteropServices;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Storage.Files.Live;

namespace OrleansChat.Storage.Files;

/// <summary>
/// Appends to many conversations at once: first to the log, in one write, all that belongs to running replies and the notes that replies
/// start; then to main files. A start is noted first so that no reply that runs is ever missed, and a note that nothing follows is harmless.
/// </summary>
/// <param name="conversations">The conversations.</param>
/// <param name="log">The log.</param>
/// <param name="disk">How main files are written.</param>
/// <param name="atOnce">How many conversations are in use at once, which keeps the bound on open files.</param>
internal sealed class GroupAppend(LeaseCache<ConversationKey, StoredConversation> conversations, LiveLog log, Disk disk, int atOnce)
    : IDisposable
{
    // Disks take several flushes together; more threads than this gain nothing.
    private const int ConcurrentFlushes = 16;

    private static readonly ParallelOptions Flushing = new() { MaxDegreeOfParallelism = ConcurrentFlushes };

    // One group at a time: it is the only thread that ever holds more than one conversation's lock, so the order does not matter.
    private readonly Lock gate = new();
    private readonly List<Part> parts = [];
    private readonly List<LiveAppend> forLog = [];
    private readonly List<int> forMain = [];
    private bool disposed;

    /// <summary>Appends. Whatever is wrong with one conversation, the others do not pay for it.</summary>
    public AppendOutcome[] Append(IReadOnlyList<JournalAppend> appends)
    {
        var outcomes = new AppendOutcome[appends.Count];
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            for (var from = 0; from < outcomes.Length; from += atOnce)
            {
                AppendSome(appends, from, Math.Min(outcomes.Length, from + atOnce), outcomes);
            }
        }

        return outcomes;
    }

    /// <summary>Waits for a group that is under way, and refuses others.</summary>
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
        }
    }

    private void AppendSome(IReadOnlyList<JournalAppend> appends, int from, int to, AppendOutcome[] outcomes)
    {
        try
        {
            for (var i = from; i < to; i++)
            {
                Begin(appends[i], i, outcomes);
            }

            WriteLog(outcomes);
            WriteMain(outcomes);
        }
        finally
        {
            foreach (ref var part in CollectionsMarshal.AsSpan(parts))
            {
                part.End();
            }

            parts.Clear();
            forLog.Clear();
            forMain.Clear();
        }
    }

    private void Begin(JournalAppend append, int index, AppendOutcome[] outcomes)
    {
        LeaseCache<ConversationKey, StoredConversation>.Lease? lease = null;
        try
        {
            lease = conversations.Rent(append.Key);
            var way = lease.Value.BeginAppend(append, out var head, out var live);
            if (way == AppendWay.None)
            {
                outcomes[index] = new AppendOutcome.Fenced(head);
                lease.Dispose();
                return;
            }

            parts.Add(new Part(append, index, lease, way, forLog.Count));
            if (way != AppendWay.Main)
            {
                forLog.Add(live);
            }
        }
        catch (Exception e)
        {
            outcomes[index] = new AppendOutcome.Failed(e);
            lease?.Dispose();
        }
    }

    private void WriteLog(AppendOutcome[] outcomes)
    {
        var live = CollectionsMarshal.AsSpan(forLog);
        if (!live.IsEmpty)
        {
            log.Append(live);
        }

        var all = CollectionsMarshal.AsSpan(parts);
        for (var i = 0; i < all.Length; i++)
        {
            ref var part = ref all[i];
            if (part.Way != AppendWay.Main && live[part.InLog].Failure is { } failure)
            {
                outcomes[part.Index] = new AppendOutcome.Failed(failure);
            }
            else if (part.Way == AppendWay.Log)
            {
                part.Conversation.AppendedToLog();
                outcomes[part.Index] = AppendOutcome.Committed.Instance;
            }
            else
            {
                forMain.Add(i);
                continue;
            }

            // Whoever waits to read it need not wait for the main files of others.
            part.End();
        }
    }

    private void WriteMain(AppendOutcome[] outcomes)
    {
        if (disk.Waits && forMain.Count > 1)
        {
            Parallel.For(0, forMain.Count, Flushing, i => WriteMain(parts[forMain[i]], outcomes));
            return;
        }

        foreach (var i in forMain)
        {
            WriteMain(parts[i], outcomes);
        }
    }

    private static void WriteMain(Part part, AppendOutcome[] outcomes)
    {
        try
        {
            part.Conversation.AppendToMain(part.Append);
            outcomes[part.Index] = AppendOutcome.Committed.Instance;
        }
        catch (Exception e)
        {
            outcomes[part.Index] = new AppendOutcome.Failed(e);
        }
    }

    private struct Part(
        JournalAppend append,
        int index,
        LeaseCache<ConversationKey, StoredConversation>.Lease lease,
        AppendWay way,
        int inLog)
    {
        private bool ended;

        public readonly JournalAppend Append => append;

        public readonly int Index => index;

        public readonly AppendWay Way => way;

        public readonly int InLog => inLog;

        public readonly StoredConversation Conversation => lease.Value;

        public void End()
        {
            if (!ended)
            {
                ended = true;
                lease.Value.EndAppend();
                lease.Dispose();
            }
        }
    }
}
