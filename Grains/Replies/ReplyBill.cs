using Microsoft.Extensions.AI;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Models;
using OrleansChat.Usage;

namespace OrleansChat.Replies;

/// <summary>What a reply cost, all attempts at it together. Pure.</summary>
internal static class ReplyBill
{
    /// <summary>The reply's end with what it cost.</summary>
    /// <param name="end">The end.</param>
    /// <param name="reply">The reply before it.</param>
    /// <param name="last">What the last attempt cost; null where it is not known to have reached its model.</param>
    /// <param name="model">The model that was asked last; null where none was.</param>
    /// <param name="prices">Its prices; null where it has none.</param>
    public static ReplyEnded Settle(ReplyEnded end, OpenReply reply, TokenUsage? last, string? model, ModelPrices? prices)
    {
        // Whoever produced it cannot say any more what it was told.
        var unknown = TokenUsage.None with { Estimated = model is not null };
        var usage = (last ?? unknown).Plus(reply.Spent);
        model ??= reply.Spent is null ? null : reply.Model;
        return end with { Usage = usage, AnsweredBy = model, Cost = model is null ? null : prices?.CostOf(usage) };
    }

    /// <summary>
    /// What an attempt cost of which nothing is left but what it said; null where it said nothing, because then nobody knows whether the
    /// model was asked.
    /// </summary>
    /// <param name="reply">The reply.</param>
    /// <param name="text">All of its text so far.</param>
    /// <param name="besideText">What it thought, called and refused so far: of one attempt, as it cannot be continued.</param>
    /// <param name="prompt">What its model was asked, without that text.</param>
    /// <param name="options">How it was asked; null for as the model has it.</param>
    public static TokenUsage? Estimate(
        OpenReply reply, string text, IReadOnlyCollection<string> besideText, IEnumerable<ChatMessage> prompt, ChatOptions? options = null)
    {
        if (text.Length <= reply.ContinuedFrom && besideText.Count == 0)
        {
            return null;
        }

        var input = reply.Context?.InputTokensEstimated ?? PromptTokens.Of(prompt) + PromptTokens.Of(options);
        return new TokenUsage(
            input + TokenCounter.Count(text.AsSpan(0, reply.ContinuedFrom)),
            TokenCounter.Count(text.AsSpan(reply.ContinuedFrom)) + besideText.Sum(said => TokenCounter.Count(said)))
        {
            Estimated = true,
        };
    }
}
