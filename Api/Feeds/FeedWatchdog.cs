namespace OrleansChat.Feeds;

/// <summary>
/// The one clock of all feeds: compares them with their conversations, asks grains where that shows that the stream lost something or that they
/// forgot who watches, ends feeds to which nobody came back, and has readers send heartbeats.
/// </summary>
internal sealed class FeedWatchdog(ConversationFeeds feeds, FeedComparisons comparisons, TimeProvider clock) : BackgroundService
{
    // With when they were asked last.
    private readonly List<(long Asked, ConversationFeed Feed)> again = [];
    private readonly List<(long Asked, ConversationFeed Feed)> others = [];
    private long lastBeat = clock.GetTimestamp();

    /// <summary>Looks at all feeds once.</summary>
    internal void Look()
    {
        var beat = clock.GetElapsedTime(lastBeat) >= FeedTimes.Heartbeat;
        if (beat)
        {
            lastBeat = clock.GetTimestamp();
        }

        foreach (var feed in feeds.All)
        {
            if (beat || feed.IsToBeWoken)
            {
                feed.Wake(beat);
            }

            if ((feed.Readers == 0 && feeds.EndIfDeserted(feed)) || feed.IsGone || feed.IsRefreshing)
            {
                continue;
            }

            if (feed.Freshness.IsToBeAsked(feed.Head, feed.Status))
            {
                (feed.Freshness.IsStale ? again : others).Add((feed.Freshness.Asked, feed));
            }
            else if (feed.Freshness.IsToBeCompared)
            {
                comparisons.Add(feed);
            }
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

    // Where there are too many, those first who were not asked for the longest time: nobody is to wait for ever behind others.
    private static void Refresh(List<(long Asked, ConversationFeed Feed)> due, int most)
    {
        if (due.Count > most)
        {
            due.Sort(static (one, other) => one.Asked.CompareTo(other.Asked));
        }

        foreach (var (_, feed) in due.Take(most))
        {
            _ = feed.RefreshQuietlyAsync();
        }

        due.Clear();
    }
}
