using OrleansChat.Events;

namespace OrleansChat.Models;

/// <summary>What a model costs.</summary>
/// <param name="Input">The price of a million tokens read.</param>
/// <param name="Output">The price of a million tokens written, those of its thoughts included.</param>
/// <param name="CachedInput">The price of a million tokens read out of the model's cache; null where they cost what others do.</param>
/// <param name="Currency">The currency, by its three letters in ISO 4217, for example <c>USD</c>.</param>
public sealed record ModelPrices(decimal Input, decimal Output, decimal? CachedInput, string Currency)
{
    private const decimal Million = 1_000_000;

    /// <summary>What this many tokens cost.</summary>
    public ReplyCost CostOf(TokenUsage usage)
    {
        ArgumentNullException.ThrowIfNull(usage);
        var cached = Math.Min(usage.CachedInputTokens ?? 0, usage.InputTokens);
        return new ReplyCost(
            (((usage.InputTokens - cached) * Input) + (cached * (CachedInput ?? Input)) + (usage.OutputTokens * Output)) / Million, Currency);
    }
}
