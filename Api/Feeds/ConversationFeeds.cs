using System.Collections.Concurrent;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Errors;

namespace OrleansChat.Feeds;

/// <summary>The feeds of this node, one per conversation that anybody reads here.</summary>
/// <param name="grainOf">Where a conversation's grain is.</param>
/// <param name="numbers">As whom feeds watch.</param>
/// <param name="clock">The time.</param>
internal sealed class ConversationFeeds(Func<ConversationKey, IConversationGrain> grainOf, FeedNumbers numbers, TimeProvider clock) : ISiloDepartures
{
    private readonly ConcurrentDictionary<ConversationKey, ConversationFeed> feeds = [];
    private readonly FeedRounds<ConversationFeed> rounds = new(clock);
    private readonly Lock gate = new();
    private Action<ConversationFeed>? lookSoon;

    /// <summary>All feeds.</summary>
    public IEnumerable<ConversationFeed> All => feeds.Select(static entry => entry.Value);

    /// <summary>Those that are to be looked at now. For the watchdog alone.</summary>
    public IReadOnlyCollection<ConversationFeed> TakeDue() => rounds.TakeDue();

    /// <summary>
    /// Joins a conversation's feed, which then knows everything that was committed before this call; dispose of the result to leave.
    /// Whether the conversation exists, and whether the cursor does, is for the caller to read off the feed.
    /// </summary>
    public Task<FeedMembership> JoinAsync(ConversationKey key, long after, CancellationToken cancellationToken)
    {
        var membership = Enter(key);
        return OnceReadyAsync(membership, membership.Feed.RefreshAsync(after, cancellationToken));
    }

    /// <summary>
    /// Joins a conversation's feed, for a reader who takes events as they come: a thousand who come back at once, because their connections were
    /// cut, ask nobody. Whether the conversation exists, and whether the cursor does, is for the caller to read off the feed.
    /// </summary>
    public Task<FeedMembership> JoinToFollowAsync(ConversationKey key, long after, CancellationToken cancellationToken)
    {
        var membership = Enter(key);
        return OnceReadyAsync(membership, membership.Feed.ReachAsync(after, cancellationToken));
    }

    /// <summary>
    /// Joins a conversation's feed, for a reader who has to be served: when the grain does not answer, it will later.
    /// </summary>
    public async Task<FeedMembership> JoinPatientlyAsync(ConversationKey key, long after, CancellationToken cancellationToken)
    {
        var membership = Enter(key);
        try
        {
            await membership.Feed.RefreshAsync(after, cancellationToken);
        }
        catch (Exception e) when (Unavailability.IsTransient(e) && !cancellationToken.IsCancellationRequested)
        {
            // The watchdog asks again, and then the reader hears of it.
        }
        catch
        {
            membership.Dispose();
            throw;
        }

        return membership;
    }

    /// <summary>Has every feed ask its grain again: some grains are gone, and the next ones do not know that they are watched.</summary>
    public void SiloLeft()
    {
        foreach (var feed in All)
        {
            feed.Suspect();
        }
    }

    /// <summary>Wakes all readers, so that they see that the node is stopping.</summary>
    public void WakeAll()
    {
        foreach (var feed in All)
        {
            feed.Wake();
        }
    }

    /// <summary>Hands a stream item to the feed that it concerns, if anybody reads it.</summary>
    public void Accept(DeliveryItem item)
    {
        if (feeds.TryGetValue(item.Conversation, out var feed))
        {
            feed.Accept(item);
            if (feed.Readers == 0)
            {
                // What it waited for may be over.
                rounds.AddSoon(feed);
            }
        }
    }

    /// <summary>Ends a feed that nobody reads any more, unless somebody may be back soon.</summary>
    /// <returns>Whether it has ended.</returns>
    public bool EndIfDeserted(ConversationFeed feed)
    {
        lock (gate)
        {
            if (feed.Readers > 0
                || (IsExpectedBack(feed) && clock.GetElapsedTime(feed.Deserted) < FeedTimes.Linger)
                || !feeds.TryRemove(KeyValuePair.Create(feed.Key, feed)))
            {
                return false;
            }

            rounds.Remove(feed);
        }

        _ = UnwatchAsync(feed);
        return true;
    }

    internal void Leave(FeedMembership membership)
    {
        var feed = membership.Feed;
        lock (gate)
        {
            membership.Group.Readers--;
            if (--feed.Readers > 0)
            {
                return;
            }

            feed.Deserted = clock.GetTimestamp();
        }

        EndIfDeserted(feed);
    }

    // Who leaves in the middle of a reply was likely cut off.
    private static bool IsExpectedBack(ConversationFeed feed) => feed.Status == ConversationStatus.Replying && !feed.IsGone && !feed.Freshness.IsStale;

    private FeedMembership Enter(ConversationKey key)
    {
        lock (gate)
        {
            if (!feeds.TryGetValue(key, out var feed))
            {
                feed = feeds[key] = new ConversationFeed(key, numbers.Next(), grainOf(key), clock, lookSoon ??= rounds.AddSoon);
                rounds.Add(feed);
            }

            feed.Readers++;
            return new FeedMembership(this, feed, feed.Enter());
        }
    }

    private static async Task<FeedMembership> OnceReadyAsync(FeedMembership membership, Task ready)
    {
        try
        {
            await ready;
            return membership;
        }
        catch
        {
            membership.Dispose();
            throw;
        }
    }

    private static async Task UnwatchAsync(ConversationFeed feed)
    {
        try
        {
            await feed.UnwatchAsync();
        }
        catch (Exception)
        {
            // A courtesy: the watch ends by itself with its lease.
        }
    }
}
