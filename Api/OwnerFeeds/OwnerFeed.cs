using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Owners;

namespace OrleansChat.OwnerFeeds;

/// <summary>
/// One owner's news as this node hears it, shared by all of the owner's connections here: the newest of it and a wake-up. It knows
/// when something may have been missed; what that was, each connection finds out from the store.
/// </summary>
internal sealed class OwnerFeed(OwnerId owner, Watcher watcher, IOwnerFeedGrain grain, TimeProvider clock)
{
    /// <summary>How many pieces of news are kept. A connection that falls behind compares with the store.</summary>
    internal const int Kept = 256;

    // A call to a silo that was killed gets no answer; by the next one the cluster may know better.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Lock gate = new();
    private readonly Queue<ConversationNews> recent = new();
    private NewsPosition? position;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long count;
    private long owed;

    /// <summary>Whose.</summary>
    public OwnerId Owner => owner;

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

    /// <summary>Renews the watch, and sees whether news was missed.</summary>
    public async Task RenewAsync()
    {
        try
        {
            if (await grain.Watch(owner, watcher).WaitAsync(Patience, clock) is { } now)
            {
                lock (gate)
                {
                    // What is new may be on its way. What was told of at the last renewal is not any more.
                    if (position?.Epoch != now.Epoch || owed > position.Number)
                    {
                        Follow(now, expected: 0);
                        Signal();
                    }

                    owed = now.Number;
                }
            }
        }
        catch (Exception)
        {
            // The silo is away or busy. The next renewal tells what was missed meanwhile.
        }
    }

    /// <summary>Tells the grain that nobody here listens any more.</summary>
    public async Task UnwatchAsync()
    {
        try
        {
            await grain.Unwatch(owner, watcher);
        }
        catch (Exception)
        {
            // A courtesy: the watch ends by itself with its lease.
        }
    }

    /// <summary>Wakes all connections, to look around or to show that they are alive.</summary>
    public void Wake(bool heartbeat)
    {
        lock (gate)
        {
            Heartbeats += heartbeat ? 1 : 0;
            Signal();
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
