namespace OrleansChat.Feeds;

/// <summary>One reader's place in a feed.</summary>
/// <param name="feeds">Where the feed is.</param>
/// <param name="feed">The feed.</param>
/// <param name="group">With whom the reader waits.</param>
internal sealed class FeedMembership(ConversationFeeds feeds, ConversationFeed feed, ReaderGroup group) : IDisposable
{
    private bool left;

    /// <summary>The feed.</summary>
    public ConversationFeed Feed => feed;

    /// <summary>With whom the reader waits.</summary>
    public ReaderGroup Group => group;

    /// <summary>Leaves. The last one to leave ends the feed.</summary>
    public void Dispose()
    {
        if (!left)
        {
            left = true;
            feeds.Leave(this);
        }
    }
}
