using System.Collections.Immutable;
using OrleansChat.Delivery;

namespace OrleansChat.Api.Tests.Feeds;

/// <summary>A silo that answers comparisons as a test has it.</summary>
internal sealed class FakeSiloWatches : ISiloWatchesGrain
{
    /// <summary>Where it is.</summary>
    public static readonly SiloId Id = new("silo");

    /// <summary>How far the conversation is that a feed watches.</summary>
    public Func<long, long> HeadOf { get; set; } = _ => 0;

    /// <summary>Held answers wait for this.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What was compared, call by call.</summary>
    public List<ImmutableArray<FeedHead>> Comparisons { get; } = [];

    public async Task<ImmutableArray<FeedHead>> Compare(NodeId node, ImmutableArray<FeedHead> feeds)
    {
        Comparisons.Add(feeds);
        await Gate;
        return [.. feeds.Select(feed => feed with { Head = HeadOf(feed.Feed) })
            .Where(answer => answer.Head == FeedHead.Unwatched || answer.Head > feeds.First(feed => feed.Feed == answer.Feed).Head)];
    }
}
