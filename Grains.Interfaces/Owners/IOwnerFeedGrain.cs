using OrleansChat.Conversations;
using OrleansChat.Delivery;

namespace OrleansChat.Owners;

/// <summary>
/// Passes on what becomes of an owner's conversations to the API nodes at which the owner listens. Keeps nothing: who may have missed
/// something compares with the store. The grain's key is an <see cref="OwnerId"/>.
/// </summary>
[Alias("OrleansChat.IOwnerFeedGrain")]
public interface IOwnerFeedGrain : IGrainWithStringKey
{
    /// <summary>Asks for delivery of coming news to a node's stream for the length of a lease (<see cref="DeliveryStream.WatchLease"/>).</summary>
    /// <returns>Which news was the last; null for anybody but the owner.</returns>
    [Alias("Watch"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<NewsPosition?> Watch(OwnerId caller, Watcher watcher);

    /// <summary>Ends a lease early, unless another feed of the node has renewed it since.</summary>
    [Alias("Unwatch"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task Unwatch(OwnerId caller, Watcher watcher);

    /// <summary>Tells what became of a conversation. For its grain, on behalf of its owner; of anybody else's nothing is told.</summary>
    [Alias("AnnounceFor"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task Announce(OwnerId caller, ConversationNews news);
}
