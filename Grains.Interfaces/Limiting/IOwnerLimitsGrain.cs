using OrleansChat.Conversations;
using OrleansChat.Delivery;

namespace OrleansChat.Limiting;

/// <summary>
/// Counts what an owner has and does in the whole cluster, as far as he is limited. The grain's key is an <see cref="OwnerId"/>. What it counts is
/// leased, so that what died without a word is forgotten, and what this activation does not know is told again with the next renewal
/// (<see cref="LeaseTimes"/>).
/// </summary>
[Alias("OrleansChat.IOwnerLimitsGrain")]
public interface IOwnerLimitsGrain : IGrainWithStringKey
{
    /// <summary>Takes a share of the requests that the owner may still make in this window: the fewer there are left, the smaller.</summary>
    [Alias("TakeRequests"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<RequestSlice> TakeRequests(OwnerId caller);

    /// <summary>Says how many connections a node has, and how many it would like to be allowed; for the length of a lease.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="node">The node.</param>
    /// <param name="open">How many are open there.</param>
    /// <param name="wanted">How many may be open there, if it can be had.</param>
    /// <param name="version">Grows with each call of the node: one that arrives after a later one changes nothing.</param>
    /// <returns>How many may be open there.</returns>
    [Alias("HoldConnections"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<int> HoldConnections(OwnerId caller, NodeId node, int open, int wanted, long version);

    /// <summary>Asks whether a reply may start in a conversation, and counts it for the length of a lease if it may.</summary>
    /// <returns>Why it may not; null if it may.</returns>
    [Alias("BeginReply"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<LimitReached?> BeginReply(OwnerId caller, ConversationId conversation);

    /// <summary>Says that a conversation's reply runs, be it more than may; for the length of a lease.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="tokens">How many tokens it was granted.</param>
    [Alias("RenewReply"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task RenewReply(OwnerId caller, ConversationId conversation, long tokens);

    /// <summary>Takes tokens out of the day's budget for a conversation's running reply.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="wanted">How many it takes to go on.</param>
    /// <returns>How many it got: more than wanted while there are many left, fewer when there are no more.</returns>
    [Alias("TakeTokens"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<long> TakeTokens(OwnerId caller, ConversationId conversation, long wanted);

    /// <summary>Says what a conversation's reply has cost in the end.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="conversation">The conversation.</param>
    /// <param name="tokens">What it has cost, in tokens.</param>
    /// <param name="at">When it ended (UTC), by its event.</param>
    /// <param name="hasNext">Whether another reply starts in its place.</param>
    [Alias("EndReply"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task EndReply(OwnerId caller, ConversationId conversation, long tokens, DateTimeOffset at, bool hasNext);
}
