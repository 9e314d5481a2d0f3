using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Events;

namespace OrleansChat.Feeds;

/// <summary>
/// One conversation as this node sees it: its newest events and a wake-up, shared by all its readers here. Delivered blocks
/// are taken in only where they continue what is known; anything else is fetched from the grain. This file is what is known here and who waits for it,
/// <c>ConversationFeed.Asking.cs</c> how the grain is asked.
/// </summary>
internal sealed partial class ConversationFeed : IWatchingFeed
{
    private readonly TimeProvider clock;
    private readonly Lock gate = new();
    private readonly FeedEvents events = new();
    private readonly Action<ConversationFeed>? lookSoon;
    private ReaderGroup[] groups;

    /// <summary>Creates the feed; it knows nothing until it is refreshed.</summary>
    /// <param name="key">Which conversation.</param>
    /// <param name="watcher">As whom it watches the conversation.</param>
    /// <param name="grain">The conversation's grain.</param>
    /// <param name="clock">The time.</param>
    /// <param name="lookSoon">Has the watchdog look at it with the next tick; null where there is none.</param>
    public ConversationFeed(ConversationKey key, Watcher watcher, IConversationGrain grain, TimeProvider clock, Action<ConversationFeed>? lookSoon = null)
    {
        (Key, this.watcher, this.grain, this.clock, this.lookSoon) = (key, watcher, grain, clock, lookSoon);
        groups = [NewGroup(0)];
        Freshness = new FeedFreshness(clock);
        refresh = new SharedRefresh(AskGrainAsync);
        pages = new SharedPages(ReadAsync);
    }

    /// <summary>Which conversation.</summary>
    public ConversationKey Key { get; }

    /// <inheritdoc/>
    public long Number => watcher.Feed;

    /// <inheritdoc/>
    public FeedFreshness Freshness { get; }

    /// <summary>How many readers there are. Guarded by <see cref="ConversationFeeds"/>.</summary>
    public int Readers { get; set; }

    /// <summary>When the last of them left, as a timestamp of the clock.</summary>
    public long Deserted { get; set; }

    /// <inheritdoc/>
    public long Head => events.Head;

    /// <inheritdoc/>
    public ConversationStatus Status => events.Status;

    /// <summary>Whether the conversation was deleted, or cannot be found any more.</summary>
    public bool IsGone { get; private set; }

    /// <summary>How often readers who wait with nobody in particular were asked to show that they are alive.</summary>
    public int Heartbeats => groups[0].Heartbeats;

    /// <summary>A group with room for one more reader, who is in it from now on. Guarded by <see cref="ConversationFeeds"/>, as leaving it is.</summary>
    public ReaderGroup Enter()
    {
        var group = Array.Find(groups, static group => group.Readers < ReaderGroup.Most);
        if (group is null)
        {
            lock (gate)
            {
                group = NewGroup(groups.Length);
                groups = [.. groups, group];
            }
        }

        group.Readers++;
        return group;
    }

    /// <summary>What a reader has to do next.</summary>
    /// <param name="cursor">Where he is.</param>
    /// <param name="wait">How he waits; null for one who waits now and then, with nobody in particular.</param>
    public FeedView View(long cursor, ReaderWait? wait = null)
    {
        lock (gate)
        {
            var next = events.After(cursor);
            var changed = next is not null ? ValueTask.CompletedTask : wait?.Changed ?? new ValueTask(groups[0].Changed);
            return new FeedView(next, events.First, Head, Status, IsGone, (wait?.Group ?? groups[0]).Heartbeats, changed);
        }
    }

    /// <summary>Takes in what the node's stream brought.</summary>
    public void Accept(DeliveryItem item)
    {
        switch (item.Kind)
        {
            case DeliveryKind.Events when Append(item.Block!):
                Freshness.Missed = 0;
                break;
            case DeliveryKind.Deleted:
                MarkGone();
                break;
            default:
                _ = RefreshQuietlyAsync();
                break;
        }
    }

    /// <summary>Wakes all readers, to look around.</summary>
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
            foreach (var group in groups)
            {
                group.Look(now);
            }
        }
    }

    /// <inheritdoc/>
    public void LookSoon() => lookSoon?.Invoke(this);

    // False when there is a gap before the block.
    private bool Append(EventBlock block)
    {
        lock (gate)
        {
            var before = Head;
            if (events.Append(block))
            {
                Hear(before);
                Signal();
                return true;
            }

            // Before the first answer of the grain there is no gap, only nothing to compare with.
            return !events.IsOpen;
        }
    }

    private void Hear(long before)
    {
        if (Head > before)
        {
            Freshness.Hear();
        }
    }

    private void MarkGone()
    {
        lock (gate)
        {
            IsGone = true;
            Signal();
        }
    }

    private void Signal()
    {
        foreach (var group in groups)
        {
            group.Signal();
        }
    }

    private ReaderGroup NewGroup(int index) => new(this, new Beat(clock, Number + index));
}
