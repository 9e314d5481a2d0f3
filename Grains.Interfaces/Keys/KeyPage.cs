using System.Collections.Immutable;

namespace OrleansChat.Keys;

/// <summary>A page of keys, the newest first.</summary>
/// <param name="Keys">The keys.</param>
/// <param name="HasMore">Whether there are older ones.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.KeyPage")]
public sealed record KeyPage([property: Id(0)] ImmutableArray<ApiKey> Keys, [property: Id(1)] bool HasMore);
