namespace OrleansChat.Delivery;

/// <summary>How far a node's feed is, or how far the conversation is, or the owner's news, that it watches.</summary>
/// <param name="Feed">The feed's number, unique within the node.</param>
/// <param name="Head">The sequence of the newest event, or the number of the newest piece of news.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.FeedHead")]
public readonly record struct FeedHead([property: Id(0)] long Feed, [property: Id(1)] long Head)
{
    /// <summary>In the place of <see cref="Head"/>: nothing here is watched by such a feed.</summary>
    public const long Unwatched = -1;
}
