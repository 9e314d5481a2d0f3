namespace OrleansChat.Feeds;

/// <summary>One reader's place in a feed.</summary>
internal sealed class FeedMembership(ConversationFeeds feeds, ConversationFeed feed) : IDisposable
{
    private bool left;

    /// <summary>The feed.</summary>
    public ConversationFeed Feed => feed;

    /// <summary>Leaves. The last one to leave ends the feed.</summary>
    public void Dispose()
    {
        if (!left)
        {
            left = true;
            feeds.Leave(feed);
        }
    }
}
