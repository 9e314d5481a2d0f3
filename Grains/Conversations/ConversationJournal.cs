using System.Collections.Immutable;
using OrleansChat.Events;
using OrleansChat.Journal;

namespace OrleansChat.Conversations;

/// <summary>
/// The one way in which a grain's events come into being: numbered, appended in order, and applied only when durable. Events
/// that are added while an append is under way go together as the next one. Lives on the grain's scheduler and needs no locks.
/// </summary>
/// <param name="key">Whose journal.</param>
/// <param name="head">The sequence of the newest event in the store.</param>
/// <param name="writer">The silo's group commit.</param>
/// <param name="clock">Waits between attempts.</param>
/// <param name="committed">Told of every append, in order, once it is durable.</param>
internal sealed class ConversationJournal(
    ConversationKey key,
    long head,
    JournalWriter writer,
    TimeProvider clock,
    Action<ImmutableArray<ConversationEvent>, EventBlock> committed) : IDisposable
{
    /// <summary>
    /// How long an append is tried again while the store fails: twice as long as a database takes to restart or to fail over, and
    /// so far below the 30 s after which Orleans gives up on the call that waits for it that a last attempt, which may itself take
    /// some seconds to fail, still ends before.
    /// </summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    private readonly EventBlockBuilder builder = new();
    private readonly ImmutableArray<ConversationEvent>.Builder pending = ImmutableArray.CreateBuilder<ConversationEvent>();
    private TaskCompletionSource? nextCommit;
    private Task currentCommit = Task.CompletedTask;
    private Exception? broken;
    private bool committing;
    private long tail = head;

    /// <summary>The sequence that the next added event must have.</summary>
    public long NextSequence => tail + 1;

    /// <summary>Whether an append was fenced off or given up. Nothing can be added any more; the activation has to end.</summary>
    public bool IsBroken => broken is not null;

    /// <summary>Whether it is broken because somebody else writes the journal.</summary>
    public bool IsFenced { get; private set; }

    /// <summary>Adds an event to the next append, without waiting.</summary>
    /// <exception cref="StorageUnavailableException">The journal is broken.</exception>
    public void Add(ConversationEvent next)
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

    /// <summary>Returns when everything added so far is durable and applied.</summary>
    /// <exception cref="StorageUnavailableException">
    /// It could not be made durable, or nobody could be asked whether it is. The next activation goes by what the journal has.
    /// </exception>
    public Task CommitAsync()
    {
        if (broken is not null)
        {
            return Task.FromException(Unavailable());
        }

        if (pending.Count == 0)
        {
            return currentCommit;
        }

        nextCommit ??= new TaskCompletionSource();
        var commit = nextCommit.Task;
        if (!committing)
        {
            _ = CommitPendingAsync();
        }

        return commit;
    }

    public void Dispose() => builder.Dispose();

    private async Task CommitPendingAsync()
    {
        committing = true;
        while (pending.Count > 0)
        {
            var append = new JournalAppend(key, pending.DrainToImmutable(), builder.Build());
            var commit = nextCommit ?? new TaskCompletionSource();
            nextCommit = null;
            currentCommit = commit.Task;
            try
            {
                await AppendAsync(append);
                committed(append.Events, append.Block);
            }
            catch (Exception e)
            {
                Break(e, commit);
                break;
            }

            commit.SetResult();
        }

        committing = false;
    }

    private async Task AppendAsync(JournalAppend append)
    {
        var start = clock.GetTimestamp();
        var pause = TimeSpan.FromMilliseconds(50);
        while (true)
        {
            switch (await writer.AppendAsync(append))
            {
                case AppendOutcome.Committed:
                    return;
                case AppendOutcome.Fenced fenced:
                    IsFenced = true;
                    throw new StorageUnavailableException(
                        $"The conversation is written by another activation (its journal is at {fenced.Head}, not {append.ExpectedHead}).");
                case AppendOutcome.Failed failed when clock.GetElapsedTime(start) + pause > Patience:
                    throw new StorageUnavailableException("The conversation's journal could not be written.", failed.Cause);
            }

            await Task.Delay(pause, clock);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
    }

    // Everything that waits learns of it; nobody may be left waiting for an append that never comes.
    private void Break(Exception cause, TaskCompletionSource commit)
    {
        broken = cause;
        pending.Clear();
        commit.SetException(Unavailable());
        nextCommit?.SetException(Unavailable());
        nextCommit = null;
    }

    private StorageUnavailableException Unavailable() =>
        broken as StorageUnavailableException
        ?? new StorageUnavailableException("The conversation's journal cannot be written.", broken!);
}
