namespace OrleansChat.Limiting;

/// <summary>Why no reply may start.</summary>
/// <param name="Limit">The limit that is reached.</param>
/// <param name="Quota">How much it allows.</param>
/// <param name="RetryAfter">When it can help to ask again.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.LimitReached")]
public sealed record LimitReached([property: Id(0)] OwnerLimit Limit, [property: Id(1)] long Quota, [property: Id(2)] TimeSpan RetryAfter);
