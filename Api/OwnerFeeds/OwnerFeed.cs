using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Feeds;
using OrleansChat.Owners;

namespace OrleansChat.OwnerFeeds;

/// <summary>
/// One owner's news as this node hears it, shared by all of the owner's connections here: the newest of it and a wake-up. It knows
/// when something may have been missed; what that was, each connection finds out from the store.
/// </summary>
internal sealed class OwnerFeed : IWatchingFeed
{
    /// <summary>How many pieces of news are kept. A connection that falls behind compares with the store.</summary>
    internal const int Kept = 256;

    private readonly Watcher watcher;
    private readonly IOwnerFeedGrain grain;
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly Queue<ConversationNews> recent = new();
    private readonly SharedRefresh refresh;
    private readonly Action<OwnerFeed>? lookSoon;
    private Beat beat;
    private NewsPosition? position;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long count;

    /// <summary>Creates the feed; it hears of nothing until it is refreshed.</summary>
    /// <param name="owner">Whose.</param>
    /// <param name="watcher">As whom it watches.</param>
    /// <param name="grain">The grain that announces the owner's news.</param>
    /// <param name="clock">The time.</param>
    /// <param name="lookSoon">Has the watchdog look at it with the next tick; null where there is none.</param>
    public OwnerFeed(OwnerId owner, Watcher watcher, IOwnerFeedGrain grain, TimeProvider clock, Action<OwnerFeed>? lookSoon = null)
    {
        (Owner, this.watcher, this.grain, this.clock, this.lookSoon) = (owner, watcher, grain, clock, lookSoon);
        beat = new Beat(clock, watcher.Feed);
        Freshness = new FeedFreshness(clock);
        refresh = new SharedRefresh(_ => AskGrainAsync());
    }

    /// <summary>Whose.</summary>
    public OwnerId Owner { get; }

    /// <inheritdoc/>
    public long Number => watcher.Feed;

    /// <inheritdoc/>
    public long Head => Volatile.Read(ref position)?.Number ?? 0;

    /// <inheritdoc/>
    public FeedFreshness Freshness { get; }

    /// <inheritdoc/>
    public ConversationStatus Status => ConversationStatus.Idle;

    /// <inheritdoc/>
    public bool IsRefreshing => refresh.IsUnderWay;

    /// <summary>How many connections there are. Guarded by <see cref="OwnerFeedRegistry"/>.</summary>
    public int Readers { get; set; }

    /// <summary>How often something may have been missed.</summary>
    public int Gaps { get; private set; }

    /// <summary>How often connections were asked to show that they are alive.</summary>
    public int Heartbeats { get; private set; }

    /// <summary>How many pieces of news there were here: the place of a connection that has seen them all.</summary>
    public long Count => Volatile.Read(ref count);

    /// <summary>Done when anything above has changed since the call.</summary>
    public Task Changed
    {
        get
        {
            lock (gate)
            {
                return changed.Task;
            }
        }
    }

    /// <summary>The news after a place; null when some of it is no longer here.</summary>
    public ConversationNews[]? After(long place)
    {
        lock (gate)
        {
            var missing = count - place;
            return missing > recent.Count ? null : [.. recent.Skip(recent.Count - (int)missing)];
        }
    }

    /// <summary>Takes in what the node's stream brought.</summary>
    public void Accept(ConversationNews news)
    {
        lock (gate)
        {
            if (news.Position is not { } next || (position?.Epoch == next.Epoch && next.Number <= position.Number))
            {
                return;
            }

            Follow(next, expected: 1);
            recent.Enqueue(news);
            count++;
            if (recent.Count > Kept)
            {
                recent.Dequeue();
            }

            Signal();
        }
    }

    /// <summary>Renews the watch, and sees whether news was missed. A failure is left to the next try, which the watchdog makes.</summary>
    public async Task RefreshQuietlyAsync()
    {
        try
        {
            await refresh.RunAsync(0, CancellationToken.None);
        }
        catch (Exception)
        {
            // The silo is away or busy. The next try tells what was missed meanwhile.
        }
    }

    /// <summary>Tells the grain that nobody here listens any more.</summary>
    public async Task UnwatchAsync()
    {
        try
        {
            await grain.Unwatch(Owner, watcher);
        }
        catch (Exception)
        {
            // A courtesy: the watch ends by itself with its lease.
        }
    }

    /// <summary>Wakes all connections, to look around.</summary>
    public void Wake()
    {
        lock (gate)
        {
            Signal();
        }
    }

    /// <inheritdoc/>
    public void Look(TimeSpan now)
    {
        lock (gate)
        {
            if (beat.IsDue(now))
            {
                Heartbeats++;
                Signal();
            }
        }
    }

    /// <inheritdoc/>
    public void LookSoon() => lookSoon?.Invoke(this);

    private async Task AskGrainAsync()
    {
        Freshness.Ask();
        NewsPosition? answer;
        try
        {
            answer = await grain.Watch(Owner, watcher).WaitAsync(FeedTimes.Patience, clock);
        }
        catch (Exception)
        {
            this.Suspect();
            throw;
        }

        Freshness.Answer();
        if (answer is { } now)
        {
            Freshness.Watched(now.WatchedOn);
            lock (gate)
            {
                // What is new may be on its way. What was told of before is not any more.
                if (position?.Epoch != now.Epoch || Freshness.Expected > position.Number)
                {
                    Follow(now, expected: 0);
                    Signal();
                }

                this.Expect(now.Number);
            }
        }
    }

    private void Follow(NewsPosition next, long expected)
    {
        // Before the first answer there is nothing to have missed: every connection begins with a comparison.
        if (position is not null && (position.Epoch != next.Epoch || next.Number != position.Number + expected))
        {
            Gaps++;
        }

        position = next;
    }

    private void Signal()
    {
        changed.SetResult();
        changed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
