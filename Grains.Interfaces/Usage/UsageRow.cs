namespace OrleansChat.Usage;

/// <summary>What an owner's replies of one day, by one model and in one currency, come to.</summary>
/// <param name="Day">The day on which they ended (UTC).</param>
/// <param name="Model">The name of the model that was asked.</param>
/// <param name="Currency">The currency of <paramref name="Cost"/>; null for replies of a model without prices.</param>
/// <param name="Replies">How many replies.</param>
/// <param name="EstimatedReplies">How many of them have an estimate among their tokens.</param>
/// <param name="InputTokens">Tokens read.</param>
/// <param name="CachedInputTokens">How many of these came out of a cache, where models said so.</param>
/// <param name="OutputTokens">Tokens written.</param>
/// <param name="ReasoningTokens">How many of these were reasoning, where models said so.</param>
/// <param name="Cost">What they cost by the prices of the time.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.UsageRow")]
public sealed record UsageRow(
    [property: Id(0)] DateOnly Day,
    [property: Id(1)] string Model,
    [property: Id(2)] string? Currency,
    [property: Id(3)] long Replies,
    [property: Id(4)] long EstimatedReplies,
    [property: Id(5)] long InputTokens,
    [property: Id(6)] long CachedInputTokens,
    [property: Id(7)] long OutputTokens,
    [property: Id(8)] long ReasoningTokens,
    [property: Id(9)] decimal Cost);
