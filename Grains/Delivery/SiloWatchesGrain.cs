using System.Collections.Immutable;

namespace OrleansChat.Delivery;

/// <summary>Answers for the silo that it is on; where that is not the one in its key, because that is gone, nothing is watched.</summary>
[OnNamedSilo]
internal sealed class SiloWatchesGrain(SiloWatches watches, SiloId here) : Grain, ISiloWatchesGrain
{
    public Task<ImmutableArray<FeedHead>> Compare(NodeId node, ImmutableArray<FeedHead> feeds) => Task.FromResult(
        this.GetPrimaryKeyString() == here.Value
            ? watches.Compare(node, feeds)
            : [.. feeds.Select(static feed => feed with { Head = FeedHead.Unwatched })]);
}
