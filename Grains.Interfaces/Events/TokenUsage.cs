using System.Text.Json.Serialization;

namespace OrleansChat.Events;

/// <summary>What a reply cost, in tokens of its model, with all that was asked of a model for it.</summary>
/// <param name="InputTokens">Tokens read, 0 or more.</param>
/// <param name="OutputTokens">Tokens written, 0 or more; those of its reasoning with them.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.TokenUsage")]
public sealed record TokenUsage([property: Id(0)] long InputTokens, [property: Id(1)] long OutputTokens)
{
    /// <summary>Nothing: no model was asked.</summary>
    public static TokenUsage None { get; } = new(0, 0);

    /// <summary>How many of the tokens read came out of the model's cache; null where the model did not say.</summary>
    [Id(2), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? CachedInputTokens { get; init; }

    /// <summary>How many of the tokens written were reasoning; null where the model did not say.</summary>
    [Id(3), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? ReasoningTokens { get; init; }

    /// <summary>Whether some of it is our estimate, because the model did not say.</summary>
    [Id(4), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Estimated { get; init; }

    /// <summary>Both together.</summary>
    public TokenUsage Plus(TokenUsage? other) => other is null ? this : new TokenUsage(InputTokens + other.InputTokens, OutputTokens + other.OutputTokens)
    {
        CachedInputTokens = Sum(CachedInputTokens, other.CachedInputTokens),
        ReasoningTokens = Sum(ReasoningTokens, other.ReasoningTokens),
        Estimated = Estimated || other.Estimated,
    };

    private static long? Sum(long? x, long? y) => x is null && y is null ? null : (x ?? 0) + (y ?? 0);
}
