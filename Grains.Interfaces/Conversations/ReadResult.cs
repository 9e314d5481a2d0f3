using System.Collections.Immutable;
using OrleansChat.Delivery;
using OrleansChat.Events;

namespace OrleansChat.Conversations;

/// <summary>What lies after a cursor, or why that cannot be said.</summary>
[GenerateSerializer, Immutable, Alias("OrleansChat.ReadResult")]
public abstract record ReadResult
{
    private protected ReadResult()
    {
    }

    /// <summary>Events after the cursor, in order and without a gap; not always all of them.</summary>
    /// <param name="Blocks">The events. Where the last one's sequence is below <paramref name="Head"/>, read again from there.</param>
    /// <param name="Head">The sequence of the newest committed event.</param>
    /// <param name="Status">Whether a reply runs at <paramref name="Head"/>.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.ReadResult.Events")]
    public sealed record Events(
        [property: Id(0)] ImmutableArray<EventBlock> Blocks,
        [property: Id(1)] long Head,
        [property: Id(2)] ConversationStatus Status) : ReadResult
    {
        /// <summary>Where the conversation is, for <see cref="ISiloWatchesGrain"/>; null where it is not watched.</summary>
        [Id(3)]
        public SiloId? WatchedOn { get; init; }
    }

    /// <summary>The cursor is greater than the newest committed event's sequence.</summary>
    /// <param name="Head">The sequence of the newest committed event.</param>
    [GenerateSerializer, Immutable, Alias("OrleansChat.ReadResult.BeyondHead")]
    public sealed record BeyondHead([property: Id(0)] long Head) : ReadResult;

    /// <summary>The conversation does not exist, or not for this caller.</summary>
    [GenerateSerializer, Immutable, Alias("OrleansChat.ReadResult.NotFound")]
    public sealed record NotFound : ReadResult;
}
