using OrleansChat.Conversations;

namespace OrleansChat.Feeds;

/// <summary>
/// The one clock of all feeds: asks the grain where a running reply went silent, in case the stream lost something, renews
/// watches, and has readers send heartbeats.
/// </summary>
internal sealed class FeedWatchdog(ConversationFeeds feeds, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(FeedTimes.Tick, clock);
        var lastBeat = clock.GetTimestamp();
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                var beat = clock.GetElapsedTime(lastBeat) >= FeedTimes.Heartbeat;
                lastBeat = beat ? clock.GetTimestamp() : lastBeat;
                foreach (var feed in feeds.All)
                {
                    Look(feed, beat);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // The node is stopping.
        }
    }

    private void Look(ConversationFeed feed, bool beat)
    {
        if (beat)
        {
            feed.Wake(heartbeat: true);
        }

        // The longer a reply has been silent, the less often it is asked about: a slow model is likelier than a lost item by then.
        var sinceRefresh = clock.GetElapsedTime(feed.LastRefresh);
        var silence = clock.GetElapsedTime(feed.LastNews);
        var silent = feed.Status == ConversationStatus.Replying && silence >= FeedTimes.Silence && sinceRefresh >= silence / 2;
        if (!feed.IsGone && (silent || sinceRefresh >= FeedTimes.Renewal))
        {
            _ = feed.RefreshQuietlyAsync();
        }
    }
}
