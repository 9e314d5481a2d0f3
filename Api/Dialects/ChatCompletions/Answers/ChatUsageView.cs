using OrleansChat.Events;

namespace OrleansChat.Dialects.ChatCompletions.Answers;

/// <summary>What a reply cost in tokens.</summary>
internal sealed record ChatUsageView(
    long PromptTokens,
    long CompletionTokens,
    long TotalTokens,
    ChatPromptTokens PromptTokensDetails,
    ChatCompletionTokens CompletionTokensDetails)
{
    /// <summary>Shows the usage.</summary>
    public static ChatUsageView Of(TokenUsage usage) => new(
        usage.InputTokens,
        usage.OutputTokens,
        usage.InputTokens + usage.OutputTokens,
        new ChatPromptTokens(usage.CachedInputTokens ?? 0),
        new ChatCompletionTokens(usage.ReasoningTokens ?? 0));
}

/// <summary>Of the tokens read.</summary>
/// <param name="CachedTokens">Those that came out of a cache.</param>
internal sealed record ChatPromptTokens(long CachedTokens);

/// <summary>Of the tokens written.</summary>
/// <param name="ReasoningTokens">Those of the reasoning.</param>
internal sealed record ChatCompletionTokens(long ReasoningTokens);
