using OrleansChat.OwnerFeeds;

namespace OrleansChat.Feeds;

/// <summary>
/// The one clock of all feeds: compares them with what they watch, asks grains where that shows that the stream lost something or that they
/// forgot who watches, ends feeds to which nobody came back, and has readers send heartbeats. <see cref="FeedRounds{TFeed}"/> says to which it looks when.
/// </summary>
internal sealed class FeedWatchdog(ConversationFeeds conversations, OwnerFeedRegistry owners, FeedComparisons comparisons, TimeProvider clock)
    : BackgroundService
{
    // With when they were asked last.
    private readonly List<(long Asked, IWatchingFeed Feed)> again = [];
    private readonly List<(long Asked, IWatchingFeed Feed)> others = [];

    /// <summary>Looks at those feeds whose turn it is.</summary>
    internal void Look()
    {
        var now = Beat.Now(clock);
        foreach (var feed in conversations.TakeDue())
        {
            feed.Look(now);
            if ((feed.Readers > 0 || !conversations.EndIfDeserted(feed)) && !feed.IsGone)
            {
                Check(feed);
            }
        }

        foreach (var feed in owners.TakeDue())
        {
            feed.Look(now);
            Check(feed);
        }

        comparisons.Send();
        Refresh(again, FeedTimes.RetriesPerTick);
        Refresh(others, FeedTimes.RefreshesPerTick);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(FeedTimes.Tick, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                Look();
            }
        }
        catch (OperationCanceledException)
        {
            // The node is stopping.
        }
    }

    private void Check(IWatchingFeed feed)
    {
        if (feed.IsRefreshing)
        {
            return;
        }

        if (feed.Freshness.IsToBeAsked(feed.Head, feed.Status))
        {
            (feed.Freshness.IsStale ? again : others).Add((feed.Freshness.Asked, feed));
            return;
        }

        if (feed.Freshness.IsPressing(feed.Head))
        {
            feed.LookSoon();
        }

        if (feed.Freshness.IsToBeCompared)
        {
            comparisons.Add(feed);
        }
    }

    // Where there are too many, those first who were not asked for the longest time: nobody is to wait for ever behind others.
    private static void Refresh(List<(long Asked, IWatchingFeed Feed)> due, int most)
    {
        if (due.Count > most)
        {
            due.Sort(static (one, other) => one.Asked.CompareTo(other.Asked));
        }

        foreach (var (_, feed) in due.Take(most))
        {
            _ = feed.RefreshQuietlyAsync();
        }

        foreach (var (_, feed) in due.Skip(most))
        {
            feed.LookSoon();
        }

        due.Clear();
    }
}
