using OrleansChat.Conversations;

namespace OrleansChat.Feeds;

/// <summary>
/// The one clock of all feeds: asks the grain where a running reply went silent, in case the stream lost something, renews
/// watches, and has readers send heartbeats.
/// </summary>
internal sealed class FeedWatchdog(ConversationFeeds feeds, TimeProvider clock) : BackgroundService
{
    private long lastBeat = clock.GetTimestamp();

    /// <summary>Looks at all feeds once.</summary>
    internal void Look()
    {
        var beat = clock.GetElapsedTime(lastBeat) >= FeedTimes.Heartbeat;
        if (beat)
        {
            lastBeat = clock.GetTimestamp();
        }

        var (retries, refreshes) = (0, 0);
        foreach (var feed in feeds.All)
        {
            if (beat)
            {
                feed.Wake(heartbeat: true);
            }

            if (feed.IsStale ? retries < FeedTimes.RetriesPerTick && IsDue(feed) : refreshes < FeedTimes.RefreshesPerTick && IsDue(feed))
            {
                _ = feed.IsStale ? retries++ : refreshes++;
                _ = feed.RefreshQuietlyAsync();
            }
        }
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

    private bool IsDue(ConversationFeed feed)
    {
        // The longer a reply has been silent, the less often it is asked about: a slow model is likelier than a lost item by then.
        var sinceRefresh = clock.GetElapsedTime(feed.LastRefresh);
        var silence = clock.GetElapsedTime(feed.LastNews);
        var silent = feed.Status == ConversationStatus.Replying && silence >= FeedTimes.Silence && sinceRefresh >= silence / 2;
        var stale = feed.IsStale && sinceRefresh >= FeedTimes.Retry;
        return !feed.IsGone && !feed.IsRefreshing && (stale || silent || sinceRefresh >= FeedTimes.Renewal);
    }
}
