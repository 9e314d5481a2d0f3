using OrleansChat.Conversations;

namespace OrleansChat.Feeds;

/// <summary>
/// What this node hears of something that a grain has, for all who follow that here. <see cref="FeedWatchdog"/> sees to it that nothing stays missing.
/// </summary>
internal interface IWatchingFeed
{
    /// <summary>As which of the node's feeds it watches.</summary>
    long Number { get; }

    /// <summary>The number of the newest that is known here.</summary>
    long Head { get; }

    /// <summary>Whether a reply runs there, whose events come one after the other.</summary>
    ConversationStatus Status { get; }

    /// <summary>How current it is.</summary>
    FeedFreshness Freshness { get; }

    /// <summary>Whether the grain is being asked.</summary>
    bool IsRefreshing { get; }

    /// <summary>Asks the grain; a failure is left to the next try.</summary>
    Task RefreshQuietlyAsync();

    /// <summary>Wakes those readers who are to look around, or to show that they are alive.</summary>
    /// <param name="now">The time of <see cref="Beat"/>.</param>
    void Look(TimeSpan now);

    /// <summary>Has the watchdog look at it with the next tick.</summary>
    void LookSoon();
}
