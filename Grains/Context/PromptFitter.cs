using Microsoft.Extensions.AI;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Limiting;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Usage;

namespace OrleansChat.Context;

/// <summary>Fits prompts to the windows of their models, and has what is left out summarised where the model's configuration says so.</summary>
internal sealed class PromptFitter(SummaryMaker summaries)
{
    // A summary takes an eighth of the room, and turns go until half of it is free: so one is made every now and then, and not with every turn.
    private const int SummaryShare = 8;
    private const int KeptShare = 2;
    private const int LongestSummary = 1_024;

    /// <summary>Fits a prompt.</summary>
    /// <param name="request">All of it; messages of the conversation carry their ids.</param>
    /// <param name="said">How much of the reply, in tokens, is there already and stands at the end of the prompt.</param>
    /// <param name="known">The newest summary on the branch; null where there is none.</param>
    /// <param name="model">The model.</param>
    /// <param name="allowance">The tokens that the reply may cost, a summary for it included; null for as many as it takes.</param>
    /// <param name="cancellationToken">Gives up a summary, and with it everything.</param>
    public async Task<FittedPrompt> FitAsync(
        ReplyRequest request, long said, BranchSummary? known, Model model, TokenAllowance? allowance, CancellationToken cancellationToken)
    {
        if (model.Context is not { } context)
        {
            return new FittedPrompt(request);
        }

        // What the reply has said comes out of what is kept free for it, and what asks for a short one needs less.
        var reserved = Math.Min(context.ReservedOutput, request.Options?.MaxOutputTokens ?? int.MaxValue);
        var budget = context.Window - Math.Max(0, reserved - said) - PromptTokens.Of(request.Options);
        var whole = new PromptPart(request, request.Messages, Note: null);
        var fit = whole.Fit(budget);
        if (fit is { Fits: true, Tokens: var tokens } && tokens == whole.Tokens)
        {
            return new FittedPrompt(request);
        }

        return context.SummaryModel is { } name && await SummariseAsync(whole, known, name, budget, allowance, cancellationToken) is { } summarised ? summarised
            : fit.Fits ? whole.From(fit)
            : new FittedPrompt(request) { Error = TooLong(fit.Tokens, budget) };
    }

    // Null where there is no summary, so that nothing is left but to drop.
    private async Task<FittedPrompt?> SummariseAsync(
        PromptPart whole, BranchSummary? known, string name, long budget, TokenAllowance? allowance, CancellationToken cancellationToken)
    {
        var rest = known is null ? whole : whole.After(known) ?? whole;
        if (rest.Note is not null && rest.Fit(budget) is { Fits: true } all && all.Tokens == rest.Tokens)
        {
            return rest.From(all);
        }

        var room = Math.Clamp(budget / SummaryShare, 1, LongestSummary);
        var part = rest.Fit((budget / KeptShare) - room) is { Fits: true } half ? half : rest.Fit(budget - room - PromptTokens.PerMessage);
        var last = rest.Note is null ? null : known!.Text;
        if (part.Fits
            && await MayAskAsync(allowance, last, rest.Before(part.Start), room)
            && await summaries.MakeAsync(name, last, rest.Before(part.Start), (int)room, cancellationToken) is { } text)
        {
            var next = rest.With(text, part.Start);
            var fit = next.Fit(budget);
            if (fit.Fits)
            {
                return next.From(fit) with { NewSummary = text };
            }
        }

        // The last one still tells more than nothing.
        return rest.Note is not null && rest.Fit(budget) is { Fits: true } dropped ? rest.From(dropped) : null;
    }

    // Of somebody who has hardly any tokens left the rest must not buy a summary of which nothing comes.
    private static async ValueTask<bool> MayAskAsync(TokenAllowance? allowance, string? last, IReadOnlyList<ChatMessage> messages, long room) =>
        allowance is null || await allowance.SpendAsync(PromptTokens.Of(messages) + (last is null ? 0 : TokenCounter.Count(last)) + room);

    private static ReplyError TooLong(long tokens, long budget) => ModelErrors.Of(
        ModelErrors.ContextTooLong,
        $"The message is too long for this model: with what belongs to it, it is about {tokens} tokens, and there is room for {Math.Max(0, budget)}.");
}
