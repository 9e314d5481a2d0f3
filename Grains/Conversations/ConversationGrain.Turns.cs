using OrleansChat.Events;
using OrleansChat.Models;
using OrleansChat.Replies;

namespace OrleansChat.Conversations;

internal sealed partial class ConversationGrain
{
    // The last append of events on which decisions rest: replies' starts and ends, the queue, the head. Decisions are made from
    // committed events only, and so never while this is under way.
    private Task change = Task.CompletedTask;

    private Interruption? interruption;

    public Task<SendResult> Send(OwnerId caller, SendMessage message) => TakeTurnAsync(caller, Turn.Of(message));

    public Task<SendResult> Regenerate(OwnerId caller, RegenerateReply request) => TakeTurnAsync(caller, Turn.Of(request));

    public Task<MessageQueue?> GetQueue(OwnerId caller) =>
        Task.FromResult(Visible(caller) is null ? null : new MessageQueue([.. state.Queue], limits.Value.QueuedMessages));

    public async Task<bool> Unqueue(OwnerId caller, string message)
    {
        await SettleAsync();
        if (Visible(caller) is null)
        {
            return false;
        }

        if (state.Queue.Any(queued => queued.Id == message))
        {
            await AddChangeAsync(draft => draft.Add(new MessageUnqueued(message, draft.Now) { Sequence = draft.NextSequence }));
        }

        return state.WasUnqueued(message);
    }

    private async Task<SendResult> TakeTurnAsync(OwnerId caller, Turn turn)
    {
        await SettleAsync();
        if (Visible(caller) is null)
        {
            return new SendResult.NotFound();
        }

        if (turns.Answer(turn) is { } answer)
        {
            return answer is SendResult.UnknownModel ? new SendResult.UnknownModel(KnownModels()) : answer;
        }

        SendResult? result = null;
        if (state.Reply is not null && turn.OnBusy == BusyPolicy.Queue)
        {
            await AddChangeAsync(draft => result = turns.Enqueue(turn, draft));
            return result!;
        }

        if (replies.AreLeaving)
        {
            // A reply that starts here would have to be handed over in the middle.
            DeactivateOnIdle();
            throw new ConversationMovingException();
        }

        return state.Reply is null ? await BeginAsync(turn) : await InterruptAsync(turn);
    }

    private async Task<SendResult> BeginAsync(Turn turn)
    {
        if (lease is not null && await lease.BeginAsync() is { } refusal)
        {
            return new SendResult.OverLimit(refusal);
        }

        // Meanwhile it may have been given a title.
        await SettleAsync();
        SendResult? result = null;
        await AddChangeAsync(draft => result = turns.Begin(turn, draft));
        if (result is not SendResult.Accepted)
        {
            lease?.Release();
        }

        return result!;
    }

    private async Task<SendResult> InterruptAsync(Turn turn)
    {
        SendResult? result = null;
        if (pump is { } running)
        {
            interruption = new Interruption(running, draft => result = turns.Begin(turn, draft));
            try
            {
                running.Cancel(new ReplyOutcome.Cancelled());
                await running.Completion;
            }
            finally
            {
                interruption = null;
            }
        }

        // Without an answer this activation has lost the reply, or is leaving with it. The next one has it, and can interrupt it.
        return result ?? throw new ConversationMovingException();
    }

    private async Task EndReplyAsync(ReplyPump ended, ReplyOutcome outcome)
    {
        if (outcome is ReplyOutcome.Detached or ReplyOutcome.Failed)
        {
            // All that it has said counts for what becomes of it.
            await CommitAsync();
        }

        await SettleAsync();
        if (ended.IsAbandoned)
        {
            return;
        }

        if (outcome is ReplyOutcome.Detached && state.Reply is { } open)
        {
            if (ended.Cancelled is null)
            {
                await TakeOverAsync(open with { Attachment = null });
                return;
            }

            outcome = ended.Cancelled;
        }
        else if (outcome is ReplyOutcome.Failed failed && ended.Cancelled is null && state.Reply is { } broken && GoesOn(broken, failed))
        {
            LogBroken(logger, broken.Message, key, failed.Error.Code);
            await TakeOverAsync(broken with { Attachment = null }, failed);
            return;
        }

        await AddChangeAsync(draft =>
        {
            draft.Add(WithCost(outcome.ToEvent(draft.NextSequence, ended.Reply, draft.Now), outcome));
            var interrupting = interruption is { } set && set.Of == ended ? set : null;
            interrupting?.Begin?.Invoke(draft);
            if (draft.Started is null && interrupting is not { Begin: null })
            {
                turns.StartNext(draft);
            }
        });
    }

    private bool GoesOn(OpenReply reply, ReplyOutcome.Failed failed)
    {
        catalog.TryGet(reply.Model, out var model);
        var hasBegun = state.ReplyText.Length > 0 || !state.ReplyHasOnlyText;
        return TakeOverDecision.GoesOn(reply, hasBegun, failed.Error, model, budget.Value, clock.GetUtcNow());
    }

    private ReplyEnded WithCost(ReplyEnded end, ReplyOutcome outcome)
    {
        var open = state.Reply!;

        // Some clients name a model as its provider does.
        var asked = outcome.AnsweredBy is { } name && catalog.TryGet(name, out _) ? name : open.Model;
        catalog.TryGet(asked, out var model);
        return ReplyBill.Settle(end, open, outcome.Usage, outcome.WasAsked ? asked : null, model?.Prices);
    }

    private async Task SettleAsync()
    {
        while (!change.IsCompleted)
        {
            await change;
        }
    }

    // Adds events, and returns when they are durable. To be called when no change is under way.
    private Task AddChangeAsync(Action<EventDraft> make)
    {
        journal.Settle();
        var draft = new EventDraft(journal.NextSequence, clock.GetUtcNow());
        make(draft);
        foreach (var next in draft.Events)
        {
            journal.Add(next);
            if (next is ReplyEnded end)
            {
                lease?.End(end, hasNext: draft.Started is not null);
            }
        }

        if (draft.Started is { } started && catalog.TryGet(started.Model, out var model))
        {
            if (replies.AreLeaving && model.TakeOver != TakeOver.Interrupt)
            {
                // It waited until now, and this silo is about to stop: whoever takes it over asks the model first.
                DeactivateOnIdle();
            }
            else
            {
                StartReply(started.Message, model);
            }
        }

        return change = CommitAsync();
    }

    // What takes the place of a reply that is being cancelled, in the same append as its end; null where nothing is to begin, of what waits
    // neither. Of that reply's only: the next one may be over before whoever interrupted knows that it has begun.
    private sealed record Interruption(ReplyPump Of, Action<EventDraft>? Begin);
}
