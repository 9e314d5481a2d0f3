using OrleansChat.Delivery;

namespace OrleansChat.Owners;

/// <summary>The place of a piece of news among those of an activation of <see cref="IOwnerFeedGrain"/>.</summary>
/// <param name="Epoch">Tells activations apart: where it changes, something may have been missed.</param>
/// <param name="Number">Counts the news, from 1 and without a gap; 0 before the first.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.NewsPosition")]
public sealed record NewsPosition([property: Id(0)] string Epoch, [property: Id(1)] long Number)
{
    /// <summary>Where the activation is, and can be compared with (<see cref="ISiloWatchesGrain"/>): in the answer to who begins to watch.</summary>
    [Id(2)]
    public SiloId? WatchedOn { get; init; }
}
