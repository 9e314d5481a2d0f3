using System.Collections.Concurrent;
using System.Collections.Immutable;
using OrleansChat.Events;
using OrleansChat.Journal;

namespace OrleansChat.Conversations;

/// <summary>
/// The one way in which a grain's events come into being: numbered, appended in order, and told only when durable. Events that are
/// added while an append is under way go together as the next one.
/// </summary>
/// <remarks>
/// The grain adds and waits. What is durable is told to readers from the group commit's own thread, and the next append starts there
/// too: a turn of the grain for every delta of every reply would cost as much as all the rest of its way through the silo. The grain
/// takes it in at its next turn, with <see cref="Settle"/>.
/// </remarks>
/// <param name="key">Whose journal.</param>
/// <param name="head">The sequence of the newest event in the store.</param>
/// <param name="writer">The silo's group commit.</param>
/// <param name="clock">Waits between attempts.</param>
/// <param name="tell">Told of every append, in order, as soon as it is durable, on any thread. Short, and does not throw.</param>
/// <param name="settle">Told of every append, in order, on the grain's scheduler.</param>
internal sealed class ConversationJournal(
    ConversationKey key,
    long head,
    JournalWriter writer,
    TimeProvider clock,
    Action<EventBlock> tell,
    Action<ImmutableArray<ConversationEvent>, EventBlock> settle) : IDisposable
{
    private readonly Lock gate = new();
    private readonly EventBlockBuilder builder = new();
    private readonly ImmutableArray<ConversationEvent>.Builder pending = ImmutableArray.CreateBuilder<ConversationEvent>();
    private readonly ConcurrentQueue<JournalAppend> durable = new();
    private readonly AppendRetry retry = new(clock);

    // Who waits for the append that is under way, and for the one after it; null where nobody does.
    private TaskCompletionSource? currentWaiters;
    private TaskCompletionSource? nextWaiters;
    private Exception? broken;
    private JournalAppend? current;
    private Action<AppendOutcome>? onOutcome;
    private long tail = head;

    /// <summary>The sequence that the next added event must have.</summary>
    public long NextSequence => tail + 1;

    /// <summary>How many events were added since the last append began.</summary>
    public int PendingCount
    {
        get
        {
            lock (gate)
            {
                return pending.Count;
            }
        }
    }

    /// <summary>Whether everything that was added is durable.</summary>
    public bool IsDurable
    {
        get
        {
            lock (gate)
            {
                return current is null && pending.Count == 0 && broken is null;
            }
        }
    }

    /// <summary>Whether an append was fenced off or given up. Nothing can be added any more; the activation has to end.</summary>
    public bool IsBroken => Volatile.Read(ref broken) is not null;

    /// <summary>Whether it is broken because somebody else writes the journal.</summary>
    public bool IsFenced { get; private set; }

    /// <summary>Called once when the journal breaks, on any thread, for whoever adds without waiting.</summary>
    public Action? OnBroken { get; set; }

    /// <summary>Adds an event to the next append, without waiting.</summary>
    /// <exception cref="StorageUnavailableException">The journal is broken.</exception>
    public void Add(ConversationEvent next)
    {
        lock (gate)
        {
            if (broken is not null)
            {
                throw Unavailable();
            }

            if (next.Sequence != NextSequence)
            {
                throw new InvalidOperationException($"Event {next.Sequence} of {key} was added where {NextSequence} was due.");
            }

            builder.Add(next);
            pending.Add(next);
            tail = next.Sequence;
        }
    }

    /// <summary>Has everything added so far appended, without waiting for it.</summary>
    public void Commit()
    {
        JournalAppend? append;
        lock (gate)
        {
            append = TakeNext();
        }

        Start(append);
    }

    /// <summary>Returns when everything added so far is durable and settled.</summary>
    /// <exception cref="StorageUnavailableException">
    /// It could not be made durable, or nobody could be asked whether it is. The next activation goes by what the journal has.
    /// </exception>
    public async Task CommitAsync()
    {
        JournalAppend? append;
        Task commit;
        lock (gate)
        {
            if (broken is not null)
            {
                throw Unavailable();
            }

            append = TakeNext();
            commit = pending.Count > 0 ? Waiter(ref nextWaiters) : current is not null ? Waiter(ref currentWaiters) : Task.CompletedTask;
        }

        Start(append);
        await commit;
        Settle();
    }

    /// <summary>Takes in what has become durable. On the grain's scheduler only.</summary>
    public void Settle()
    {
        while (durable.TryDequeue(out var append))
        {
            settle(append.Events, append.Block);
        }
    }

    public void Dispose() => builder.Dispose();

    private static Task Waiter(ref TaskCompletionSource? waiters) =>
        (waiters ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    // Under the gate. Null while an append is under way: its end takes the next.
    private JournalAppend? TakeNext()
    {
        if (current is not null || pending.Count == 0 || broken is not null)
        {
            return null;
        }

        (currentWaiters, nextWaiters) = (nextWaiters, null);
        retry.Reset();
        return current = new JournalAppend(key, pending.DrainToImmutable(), builder.Build());
    }

    private void Start(JournalAppend? append)
    {
        if (append is not null)
        {
            writer.Append(append, onOutcome ??= End);
        }
    }

    // Within the commit loop.
    private void End(AppendOutcome outcome)
    {
        var append = current!;
        switch (outcome)
        {
            case AppendOutcome.Committed:
                Committed(append);
                break;
            case AppendOutcome.Fenced fenced:
                IsFenced = true;
                Break(new StorageUnavailableException(
                    $"The conversation is written by another activation (its journal is at {fenced.Head}, not {append.ExpectedHead})."));
                break;
            case AppendOutcome.Failed failed:
                _ = TryAgainAsync(append, failed);
                break;
        }
    }

    private void Committed(JournalAppend append)
    {
        durable.Enqueue(append);

        // Who begins to watch is either told, or finds this when he settles.
        Interlocked.MemoryBarrier();
        tell(append.Block);
        TaskCompletionSource? waiters;
        JournalAppend? next;
        lock (gate)
        {
            current = null;
            (waiters, currentWaiters) = (currentWaiters, null);
            next = TakeNext();
        }

        waiters?.SetResult();
        Start(next);
    }

    private async Task TryAgainAsync(JournalAppend append, AppendOutcome.Failed failed)
    {
        if (await retry.PauseAsync())
        {
            Start(append);
            return;
        }

        Break(new StorageUnavailableException("The conversation's journal could not be written.", failed.Cause));
    }

    // Everything that waits learns of it; nobody may be left waiting for an append that never comes.
    private void Break(Exception cause)
    {
        TaskCompletionSource?[] waiters;
        lock (gate)
        {
            broken = cause;
            current = null;
            pending.Clear();
            waiters = [currentWaiters, nextWaiters];
            (currentWaiters, nextWaiters) = (null, null);
        }

        foreach (var waiter in waiters)
        {
            waiter?.SetException(Unavailable());
        }

        OnBroken?.Invoke();
    }

    private StorageUnavailableException Unavailable() =>
        broken as StorageUnavailableException
        ?? new StorageUnavailableException("The conversation's journal cannot be written.", broken!);
}
