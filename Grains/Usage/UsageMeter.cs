using Microsoft.Extensions.AI;
using OrleansChat.Events;

namespace OrleansChat.Usage;

/// <summary>
/// Keeps account of one request to a model: what the model says of its cost, and, where it does not say, what can be estimated. One
/// thread writes; another may read at any time, and may then miss the newest piece.
/// </summary>
internal sealed class UsageMeter
{
    private readonly UsageDetails reported = new();
    private TokenCounter written;
    private bool isStale;

    /// <summary>Whether the model has sent anything at all.</summary>
    public bool HasAnswered { get; set; }

    /// <summary>How many tokens it has written, as an estimate, whatever it says itself.</summary>
    public long Written => written.Tokens;

    /// <summary>The model has written something.</summary>
    public void Wrote(string piece)
    {
        written.Add(piece);
        isStale = true;
    }

    /// <summary>The model has said what it costs so far. Some say the input first and the output in the end.</summary>
    public void Reported(UsageDetails details)
    {
        reported.InputTokenCount = details.InputTokenCount ?? reported.InputTokenCount;
        reported.OutputTokenCount = details.OutputTokenCount ?? reported.OutputTokenCount;
        reported.CachedInputTokenCount = details.CachedInputTokenCount ?? reported.CachedInputTokenCount;
        reported.ReasoningTokenCount = details.ReasoningTokenCount ?? reported.ReasoningTokenCount;
        isStale &= details.OutputTokenCount is null;
    }

    /// <summary>What the request cost.</summary>
    /// <param name="hasEnded">Whether the model has ended its answer: then what it last said is the whole.</param>
    /// <param name="prompt">What it was asked, where it is known to have begun to work on it; null where it refused, or was not reached.</param>
    /// <param name="options">How it was asked.</param>
    public TokenUsage Total(bool hasEnded, IEnumerable<ChatMessage>? prompt, ChatOptions? options = null)
    {
        var output = reported.OutputTokenCount is { } said && (hasEnded || !isStale) ? said : (long?)null;
        return new TokenUsage(
            reported.InputTokenCount ?? (prompt is null ? 0 : PromptTokens.Of(prompt) + PromptTokens.Of(options)),
            output ?? Math.Max(written.Tokens, reported.OutputTokenCount ?? 0))
        {
            CachedInputTokens = reported.CachedInputTokenCount,
            ReasoningTokens = reported.ReasoningTokenCount,
            Estimated = reported.InputTokenCount is null || output is null,
        };
    }
}
