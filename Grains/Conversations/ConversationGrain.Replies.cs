using Microsoft.Extensions.Logging;
using OrleansChat.Context;
using OrleansChat.Events;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Telemetry;
using OrleansChat.Usage;

namespace OrleansChat.Conversations;

internal sealed partial class ConversationGrain
{
    private ReplyPump? pump;

    public async Task<CancelResult> Cancel(OwnerId caller, CancelReply request)
    {
        if (Visible(caller) is not { } conversation)
        {
            return new CancelResult.NotFound();
        }

        // The reply that readers could have seen when they asked: the next one may be about to start.
        var isRepeated = request.At is not null && request.At == state.LastCut;
        if (state.Reply is { } open && !isRepeated && (request.Reply ?? open.Message) == open.Message)
        {
            var cut = request.At is { } at ? state.CutAt(at) : null;
            if (request.At is not null && cut is null)
            {
                return new CancelResult.OutsideReply(state.ReplyTextFrom, conversation.Sequence);
            }

            await CancelAsync(open, new ReplyOutcome.Cancelled { Cut = cut });
        }

        return Visible(caller) is not { } now ? new CancelResult.NotFound()
            : request.At is null || request.At == state.LastCut ? new CancelResult.Done(now)
            : new CancelResult.Ended();
    }

    private async Task CancelAsync(OpenReply open, ReplyOutcome.Cancelled how)
    {
        if (pump is not { } running)
        {
            // This activation has lost the reply and is about to leave. The next one has it, and can cancel it.
            throw new ConversationMovingException();
        }

        if (running.Reply != open.Message)
        {
            // Its end is on its way already, with the start of the next.
            await change;
            return;
        }

        // Where the provider has lost the reply meanwhile, another pump goes on with it.
        for (ReplyPump? before = null; running != before && running.Reply == open.Message; running = pump ?? running)
        {
            running.Cancel(how);
            await running.Completion;
            before = running;
        }
    }

    // The reply's producer is gone, or its model broke off: this activation goes on with it, or ends it.
    private async Task TakeOverAsync(OpenReply open, ReplyOutcome.Failed? broken = null)
    {
        catalog.TryGet(open.Model, out var model);
        var text = state.ReplyText;
        var options = RequestOptions.From(open.Options);
        var spent = broken is null
            ? ReplyBill.Estimate(open, text, state.ReplyBesideText, Prompt.From(state).SkipLast(text.Length > 0 ? 1 : 0), options)
            : broken.Usage;

        // What another model began, this one must not go on with.
        var canGoOn = state.ReplyHasOnlyText && (broken?.AnsweredBy is null || broken.AnsweredBy == open.Model);
        var next = TakeOverDecision.Make(open, text, canGoOn, model, budget.Value, journal.NextSequence, clock.GetUtcNow(), spent);
        ReplyInstruments.TakenOver(next);
        if (next is ReplyTakenOver taken)
        {
            LogTakenOver(logger, open.Message, key, taken.Attempt);
            journal.Add(next);
            var isReattached = TakeOverDecision.IsReattached(open, model!);
            StartReply(open.Message, model!, isReattached ? open.Attachment : null, taken.Usage?.Plus(open.Spent) ?? open.Spent);
            if (!isReattached)
            {
                StopProvider(open);
            }

            await journal.CommitAsync();
            return;
        }

        StopProvider(open);

        await AddChangeAsync(draft =>
        {
            draft.Add(next);
            turns.StartNext(draft);
        });
    }

    // What the provider produces by itself ends with the reply, or with this way of getting it.
    private void StopProvider(OpenReply open)
    {
        if (open.Attachment is { } attachment && catalog.TryGet(open.Model, out var model))
        {
            UnwantedResponse.Stop(model, Reattachment.Read(attachment), clock, logger);
        }
    }

    private bool MayBeTakenOver(OpenReply open) => catalog.TryGet(open.Model, out var model) && model.TakeOver != TakeOver.Interrupt;

    private void StartReply(string reply, Model model, string? attachment = null, TokenUsage? before = null)
    {
        pump = new ReplyPump(reply, journal, EndReplyAsync, lease?.Start(before), clock, logger);
        _ = ReplyAsync(pump, model, attachment);
    }

    private async Task ReplyAsync(ReplyPump reply, Model model, string? attachment)
    {
        var period = ReplyChecks.PeriodOf(model, isCounted: lease is not null);

        // Work in the background does not count as use, and a model may think for longer than grains may idle.
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        using var watched = replyWatch.Add(ReplyChecks.Of(reply, lease, period), period);
        replies.Started();
        reply.Start(model, cancellationToken => PrepareAsync(reply, model, attachment, cancellationToken), attachment is null ? null : Reattachment.Read(attachment));
        try
        {
            await reply.Completion;
        }
        catch (Exception e)
        {
            // Whatever it was, this activation cannot go on with the reply; the next one takes it over.
            LogReplyLost(logger, e, key, reply.Reply);
            DeactivateOnIdle();
            return;
        }
        finally
        {
            replies.Ended();
            if (pump == reply)
            {
                pump = null;
                DelayDeactivation(TimeSpan.Zero);
            }
        }

        // Where many replies end at once, compaction waits its turn, and the title need not wait with it.
        await Task.WhenAll(CompactAsync(), NameAsync(reply.Reply));
    }

    private async Task<FittedPrompt> PrepareAsync(ReplyPump reply, Model model, string? attachment, CancellationToken cancellationToken)
    {
        var request = new ReplyRequest(Prompt.From(state), RequestOptions.From(state.Reply?.Options));
        if (attachment is not null)
        {
            // Nothing is asked: the provider has been, and what it was shown is in the journal.
            var said = state.MessageAt(state.Messages.PositionOf(reply.Reply));
            return new FittedPrompt(request with { Reattachment = new Reattachment(Reattachment.Read(attachment), said) });
        }

        var written = state.ReplyText is { Length: > 0 } text ? TokenCounter.Count(text) : 0;
        var known = model.Context?.SummaryModel is null
            ? null
            : state.Messages.BranchTo(reply.Reply).Select(position => state.SummaryOf(state.Messages[position].Id)).LastOrDefault(summary => summary is not null);
        var prompt = await fitter.FitAsync(request, written, known, model, reply.Allowance, cancellationToken);
        if (prompt.LeftOut is { } left && !reply.IsAbandoned)
        {
            journal.Add(new ReplyContext(
                reply.Reply, left.DroppedMessages, left.FirstKept, left.Summarized, left.InputTokensEstimated, clock.GetUtcNow(), prompt.NewSummary)
            {
                Sequence = journal.NextSequence,
            });
            journal.Commit();
        }

        return prompt;
    }

    // What a reply has cost until now is owed all the same, so it ends before its conversation does. Nothing that waits starts.
    private async Task EndForDeletionAsync()
    {
        if (pump is not { } running)
        {
            return;
        }

        interruption = new Interruption(running, Begin: null);
        try
        {
            running.Cancel(new ReplyOutcome.Cancelled());
            await running.Completion;
        }
        catch (Exception)
        {
            // ReplyAsync tells. Nothing is appended any more, and that is enough to delete it.
        }
        finally
        {
            interruption = null;
        }
    }

    private async Task AbandonReplyAsync()
    {
        if (pump is not { } running)
        {
            return;
        }

        running.Abandon();
        try
        {
            await running.Completion;
        }
        catch (Exception)
        {
            // ReplyAsync tells; here it matters only that nothing is appended any more.
        }
    }

    private async Task CompactAsync()
    {
        try
        {
            await store.CompactAsync(key, CancellationToken.None);
        }
        catch (Exception e)
        {
            // Compaction saves space and nothing else; the next reply or activation does it again.
            LogCompactionFailed(logger, e, key);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The model of {Reply} of {Conversation} broke off: {Code}. The reply goes on.")]
    private static partial void LogBroken(ILogger logger, string reply, ConversationKey conversation, string code);

    [LoggerMessage(LogLevel.Information, "Reply {Reply} of {Conversation} is taken over, for the {Attempt}. time.")]
    private static partial void LogTakenOver(ILogger logger, string reply, ConversationKey conversation, int attempt);

    [LoggerMessage(LogLevel.Error, "Reply {Reply} of {Conversation} stopped on our side; the next activation takes it over.")]
    private static partial void LogReplyLost(ILogger logger, Exception exception, ConversationKey conversation, string reply);

    [LoggerMessage(LogLevel.Warning, "The journal of {Conversation} could not be compacted.")]
    private static partial void LogCompactionFailed(ILogger logger, Exception exception, ConversationKey conversation);
}
