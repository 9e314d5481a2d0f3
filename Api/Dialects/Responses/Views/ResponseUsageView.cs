using OrleansChat.Events;

namespace OrleansChat.Dialects.Responses.Views;

/// <summary>What a response cost in tokens.</summary>
internal sealed record ResponseUsageView(
    long InputTokens, InputTokensView InputTokensDetails, long OutputTokens, OutputTokensView OutputTokensDetails, long TotalTokens)
{
    /// <summary>Shows a cost; null where there is none, or nobody knows.</summary>
    public static ResponseUsageView? Of(TokenUsage? usage) => usage is null ? null : new ResponseUsageView(
        usage.InputTokens,
        new InputTokensView(usage.CachedInputTokens ?? 0),
        usage.OutputTokens,
        new OutputTokensView(usage.ReasoningTokens ?? 0),
        usage.InputTokens + usage.OutputTokens);
}

/// <summary>Of the tokens read.</summary>
internal sealed record InputTokensView(long CachedTokens);

/// <summary>Of the tokens written.</summary>
internal sealed record OutputTokensView(long ReasoningTokens);
