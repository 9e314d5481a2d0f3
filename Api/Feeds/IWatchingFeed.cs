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

    /// <summary>How current it is.</summary>
    FeedFreshness Freshness { get; }

    /// <summary>Asks the grain; a failure is left to the next try.</summary>
    Task RefreshQuietlyAsync();
}
