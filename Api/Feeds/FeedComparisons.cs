using System.Collections.Immutable;
using System.Runtime.InteropServices;
using OrleansChat.Delivery;

namespace OrleansChat.Feeds;

/// <summary>
/// Compares feeds with what they watch, all of a silo's at once: so it is found what the stream lost, and which feed a grain has forgotten.
/// Asked one by one, the grains of ten thousand slow replies had more to do with that than with their events.
/// </summary>
/// <param name="watchesOf">Who answers for a silo.</param>
/// <param name="node">This node.</param>
/// <param name="clock">The time.</param>
internal sealed class FeedComparisons(Func<SiloId, ISiloWatchesGrain> watchesOf, NodeId node, TimeProvider clock)
{
    // Some 50 KiB, which is no trouble to anybody.
    private const int MostAtOnce = 4096;

    private readonly Dictionary<SiloId, List<IWatchingFeed>> due = [];

    /// <summary>Has a feed be compared, with <see cref="Send"/>.</summary>
    public void Add(IWatchingFeed feed)
    {
        feed.Freshness.Compare();
        var silo = feed.Freshness.WatchedOn!;
        ref var feeds = ref CollectionsMarshal.GetValueRefOrAddDefault(due, silo, out _);
        (feeds ??= []).Add(feed);
        if (feeds.Count == MostAtOnce)
        {
            _ = CompareAsync(silo, feeds);
            feeds = [];
        }
    }

    /// <summary>Compares those that were added. What is found, the feeds know when the answers come.</summary>
    public void Send()
    {
        foreach (var (silo, feeds) in due)
        {
            if (feeds.Count > 0)
            {
                _ = CompareAsync(silo, feeds);
            }
        }

        due.Clear();
    }

    private async Task CompareAsync(SiloId silo, List<IWatchingFeed> feeds)
    {
        try
        {
            ImmutableArray<FeedHead> heads = [.. feeds.Select(static feed => new FeedHead(feed.Number, feed.Head))];
            var differences = await watchesOf(silo).Compare(node, heads).WaitAsync(FeedTimes.Patience, clock);
            if (differences.IsEmpty)
            {
                return;
            }

            var byNumber = feeds.ToDictionary(static feed => feed.Number);
            foreach (var (number, head) in differences)
            {
                var feed = byNumber[number];
                if (head == FeedHead.Unwatched)
                {
                    feed.Suspect();
                }
                else
                {
                    feed.Expect(head);
                }
            }
        }
        catch (Exception)
        {
            // The silo is away or busy, and its conversations may be elsewhere by now. They are asked one by one, as fast as is good for them.
            foreach (var feed in feeds)
            {
                feed.Suspect();
            }
        }
    }
}
