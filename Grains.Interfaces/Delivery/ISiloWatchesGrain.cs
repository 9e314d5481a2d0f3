using System.Collections.Immutable;
using OrleansChat.Conversations;

namespace OrleansChat.Delivery;

/// <summary>
/// What of a silo's conversations and owners' news is watched, on that silo itself. The grain's key is a <see cref="SiloId"/>: whoever asks after that silo is
/// gone is told that nothing is watched there.
/// </summary>
[Alias("OrleansChat.ISiloWatchesGrain")]
public interface ISiloWatchesGrain : IGrainWithStringKey
{
    /// <summary>
    /// Compares how far a node's feeds are with how far those grains are that they watch, and renews the watches of all: one call in place of one to
    /// each grain.
    /// </summary>
    /// <param name="node">The node.</param>
    /// <param name="feeds">Its feeds that watch grains of this silo, and their heads.</param>
    /// <returns>
    /// Where a grain is further, its head; where nothing is watched by such a feed, <see cref="FeedHead.Unwatched"/>. All others have missed
    /// nothing.
    /// </returns>
    [Alias("Compare"), ResponseTimeout(IConversationGrain.CallTimeout)]
    Task<ImmutableArray<FeedHead>> Compare(NodeId node, ImmutableArray<FeedHead> feeds);
}
