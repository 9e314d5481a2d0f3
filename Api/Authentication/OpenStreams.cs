using OrleansChat.Feeds;
using OrleansChat.OwnerFeeds;

namespace OrleansChat.Authentication;

/// <summary>All responses that follow something on this node.</summary>
internal sealed class OpenStreams(ConversationFeeds conversations, OwnerFeedRegistry owners)
{
    /// <summary>Has them look around: some may have to end. Rare enough to wake all rather than have each register what it waits for.</summary>
    public void WakeAll()
    {
        conversations.WakeAll();
        owners.WakeAll();
    }
}
