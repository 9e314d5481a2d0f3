using OrleansChat.Conversations;
using OrleansChat.OwnerFeeds;

namespace OrleansChat.Feeds;

/// <summary>
/// The one clock of all feeds: compares them with what they watch, asks grains where that shows that the stream lost something or that they
/// forgot who watches, ends feeds to which nobody came back, and has readers send heartbeats.
/// </summary>
internal sealed class FeedWatchdog(ConversationFeeds conversations, OwnerFeedRegistry owners, FeedComparisons comparisons, TimeProvider clock)
    : BackgroundService
{
    // With when they were asked last.
    private readonly List<(long Asked, IWatchingFeed Feed)> again = [];
    private readonly List<(long Asked, IWatchingFeed Feed)> others = [];
    private long lastBeat = clock.GetTimestamp();

    /// <summary>Looks at all feeds once.</summary>
    internal void Look()
    {
        var beat = clock.GetElapsedTime(lastBeat) >= FeedTimes.Heartbeat;
        if (beat)
        {
            lastBeat = clock.GetTimestamp();
        }

        LookAtConversations(beat);
        LookAtOwners(beat);
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

    private void LookAtConversations(bool beat)
    {
        foreach (var feed in conversations.All)
        {
            if (beat || feed.IsToBeWoken)
            {
                feed.Wake(beat);
            }

            if ((feed.Readers > 0 || !conversations.EndIfDeserted(feed)) && !feed.IsGone && !feed.IsRefreshing)
            {
                Check(feed, feed.Status);
            }
        }
    }

    private void LookAtOwners(bool beat)
    {
        foreach (var feed in owners.All)
        {
            if (beat)
            {
                feed.Wake(heartbeat: true);
            }

            if (!feed.IsRefreshing)
            {
                Check(feed, ConversationStatus.Idle);
            }
        }
    }

    private void Check(IWatchingFeed feed, ConversationStatus status)
    {
        if (feed.Freshness.IsToBeAsked(feed.Head, status))
        {
            (feed.Freshness.IsStale ? again : others).Add((feed.Freshness.Asked, feed));
        }
        else if (feed.Freshness.IsToBeCompared)
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

        due.Clear();
    }
}
