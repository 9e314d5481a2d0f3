using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Models;

namespace OrleansChat.Replies;

/// <summary>What becomes of a reply whose producer is gone. Pure.</summary>
internal static class TakeOverDecision
{
    /// <summary>
    /// The event that says what becomes of the reply: a <see cref="ReplyTakenOver"/>, after which the model is asked again, or the
    /// reply's end.
    /// </summary>
    /// <param name="reply">The reply.</param>
    /// <param name="text">What it has said so far.</param>
    /// <param name="hasOnlyText">Whether that is all that it has: thinking, and calls of tools, cannot be continued by any model.</param>
    /// <param name="model">Its model; null when that is no longer configured.</param>
    /// <param name="budget">How often, and for how long, a reply is taken over.</param>
    /// <param name="sequence">The event's sequence.</param>
    /// <param name="now">The time (UTC).</param>
    /// <param name="spent">What the attempt that is over is estimated to have cost; null where it is not known to have reached the model.</param>
    public static ConversationEvent Make(
        OpenReply reply, string text, bool hasOnlyText, Model? model, TakeOverOptions budget, long sequence, DateTimeOffset now, TokenUsage? spent = null)
    {
        if (model is null)
        {
            var gone = ModelErrors.Of(ModelErrors.Gone, "The reply's model is no longer configured, so the reply could not go on.");
            return ReplyBill.Settle(new ReplyFailed(reply.Message, gone, Usage: null, now) { Sequence = sequence }, reply, spent, reply.Model, null);
        }

        if (model.TakeOver == TakeOver.Interrupt || !HasBudget(reply, budget, now))
        {
            return ReplyBill.Settle(new ReplyInterrupted(reply.Message, Usage: null, now) { Sequence = sequence }, reply, spent, reply.Model, model.Prices);
        }

        if (IsReattached(reply, model))
        {
            // It is the same response, and says itself what all of it costs.
            return new ReplyContinued(reply.Message, reply.Attempts + 1, now) { Sequence = sequence };
        }

        // Where nothing was said, there is nothing to clear, and every model can go on from there.
        return !hasOnlyText || (model.TakeOver != TakeOver.Continue && text.Length > 0)
            ? new ReplyRestarted(reply.Message, reply.Attempts + 1, now) { Sequence = sequence, Usage = spent }
            : new ReplyContinued(reply.Message, reply.Attempts + 1, now) { Sequence = sequence, Usage = spent };
    }

    /// <summary>Whether a reply that its model broke off goes on, rather than fail.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="hasBegun">Whether it has said anything; before that, the model's client has tried all there is to try.</param>
    /// <param name="error">How it broke off.</param>
    /// <param name="model">Its model; null when that is no longer configured.</param>
    /// <param name="budget">How often, and for how long, a reply is taken over.</param>
    /// <param name="now">The time (UTC).</param>
    public static bool GoesOn(OpenReply reply, bool hasBegun, ReplyError error, Model? model, TakeOverOptions budget, DateTimeOffset now) =>
        hasBegun
        && model is { OnBreak: OnBreak.TakeOver, TakeOver: not TakeOver.Interrupt }
        && ModelErrors.IsBreak(error.Code)
        && HasBudget(reply, budget, now);

    private static bool HasBudget(OpenReply reply, TakeOverOptions budget, DateTimeOffset now) =>
        reply.Attempts < budget.Attempts && now - reply.StartedAt <= budget.Within;

    /// <summary>Whether the provider's own response is read on, where the reply goes on at all.</summary>
    public static bool IsReattached(OpenReply reply, Model model) => model.TakeOver == TakeOver.Reattach && reply.Attachment is not null;
}
