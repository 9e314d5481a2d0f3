namespace OrleansChat.Events;

/// <summary>What a reply cost, in tokens of its model.</summary>
/// <param name="InputTokens">Tokens read, 0 or more.</param>
/// <param name="OutputTokens">Tokens written, 0 or more.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.TokenUsage")]
public sealed record TokenUsage([property: Id(0)] long InputTokens, [property: Id(1)] long OutputTokens);
