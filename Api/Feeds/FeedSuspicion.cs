namespace OrleansChat.Feeds;

/// <summary>What is found out about feeds, and has to be looked into soon.</summary>
internal static class FeedSuspicion
{
    /// <summary>The grain did not answer, or may not know of the feed: it is asked again soon.</summary>
    public static void Suspect(this IWatchingFeed feed)
    {
        feed.Freshness.Suspect();
        feed.LookSoon();
    }

    /// <summary>The grain is at <paramref name="head"/>: where the feed is not, what is missing is on its way, or lost.</summary>
    public static void Expect(this IWatchingFeed feed, long head)
    {
        feed.Freshness.Expect(head, feed.Head);
        if (feed.Freshness.IsPressing(feed.Head))
        {
            feed.LookSoon();
        }
    }
}
