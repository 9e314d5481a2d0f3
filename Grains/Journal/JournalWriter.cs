using System.Collections.Immutable;
using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;
using OrleansChat.Pacing;
using OrleansChat.Telemetry;

namespace OrleansChat.Journal;

/// <summary>
/// The group commit of a silo: appends of all its conversations that arrive while one commit is under way go to the store
/// together in the next. Without load an append waits for nobody; under load the store sees few, large commits, at the pace that it
/// asks for (<see cref="IConversationStore.CommitPeriod"/>).
/// </summary>
internal sealed partial class JournalWriter : IAsyncDisposable
{
    /// <summary>How many appends may wait; past it callers wait. Each conversation has at most one under way.</summary>
    internal const int QueueLimit = 16_384;

    // Larger commits gain nothing more and make the first of them wait for the last.
    private const int MaxCommitAppends = 4_096;

    /// <summary>How many commits may follow each other at once: more than a turn of a conversation takes.</summary>
    internal const int CommitBurst = 8;

    private readonly IConversationStore store;
    private readonly TimeProvider clock;
    private readonly Pace pace;
    private readonly ILogger<JournalWriter> logger;
    private readonly Channel<Pending> queue =
        Channel.CreateBounded<Pending>(new BoundedChannelOptions(QueueLimit) { SingleReader = true });

    private readonly CancellationTokenSource stopping = new();
    private readonly Task loop;

    public JournalWriter(IConversationStore store, TimeProvider clock, ILogger<JournalWriter> logger)
    {
        this.store = store;
        this.clock = clock;
        this.logger = logger;
        pace = new Pace(store.CommitPeriod, CommitBurst, longest: store.CommitPeriod, clock);
        loop = Task.Run(CommitAllAsync);
    }

    /// <summary>Appends with the next commit, and tells what came of it, whatever the store does; see <see cref="AppendOutcome"/>.</summary>
    /// <param name="append">What to append.</param>
    /// <param name="done">
    /// Called once, within the commit loop: it must be short, because all conversations of the silo wait meanwhile, and not throw. A
    /// callback rather than a task, because an append of every delta of every reply comes by here.
    /// </param>
    public void Append(JournalAppend append, Action<AppendOutcome> done)
    {
        var pending = new Pending(append, done);
        if (!queue.Writer.TryWrite(pending))
        {
            _ = WaitAndAppendAsync(pending);
        }
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await loop;
        await stopping.CancelAsync();
        stopping.Dispose();
    }

    private async Task WaitAndAppendAsync(Pending pending)
    {
        try
        {
            await queue.Writer.WriteAsync(pending).ConfigureAwait(false);
        }
        catch (ChannelClosedException)
        {
            pending.Done(new AppendOutcome.Failed(new StorageUnavailableException("The silo is stopping.")));
        }
    }

    private async Task CommitAllAsync()
    {
        var commit = new List<Pending>();
        var keys = new HashSet<ConversationKey>();
        Pending? held = null;
        while (held is not null || await queue.Reader.WaitToReadAsync())
        {
            // Before it is filled, so that what comes meanwhile goes along.
            if (pace.Next() is { Ticks: > 0 } wait)
            {
                await Task.Delay(wait, clock);
            }

            if (held is { } first)
            {
                Take(first);
                held = null;
            }

            while (commit.Count < MaxCommitAppends && queue.Reader.TryRead(out var next))
            {
                if (keys.Contains(next.Append.Key))
                {
                    // A stale activation's append beside the current one's: one of them has to see the other's result.
                    held = next;
                    break;
                }

                Take(next);
            }

            await CommitAsync(commit);
            commit.Clear();
            keys.Clear();
        }

        void Take(Pending pending)
        {
            keys.Add(pending.Append.Key);
            commit.Add(pending);
        }
    }

    private async Task CommitAsync(List<Pending> commit)
    {
        ImmutableArray<AppendOutcome> outcomes;
        var start = Stopwatch.GetTimestamp();
        try
        {
            outcomes = await store.AppendAsync(commit.ConvertAll(static pending => pending.Append), stopping.Token);
        }
        catch (Exception e)
        {
            // The loop serves every conversation of the silo; one failed commit must not end it.
            LogCommitFailed(logger, e, commit.Count);
            outcomes = [.. Enumerable.Repeat<AppendOutcome>(new AppendOutcome.Failed(e), commit.Count)];
        }

        if (JournalInstruments.WantsCommits)
        {
            JournalInstruments.Committed(start, commit.Count, commit.Sum(static pending => (long)pending.Append.Block.Lines.Length), outcomes);
        }

        for (var i = 0; i < commit.Count; i++)
        {
            commit[i].Done(outcomes[i]);
        }
    }

    [LoggerMessage(LogLevel.Error, "A commit of {Count} appends failed.")]
    private static partial void LogCommitFailed(ILogger logger, Exception exception, int count);

    private readonly record struct Pending(JournalAppend Append, Action<AppendOutcome> Done);
}
