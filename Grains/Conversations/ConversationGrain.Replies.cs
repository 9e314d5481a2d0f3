using Microsoft.Extensions.Logging;
using OrleansChat.Events;
using OrleansChat.Models;
using OrleansChat.Replies;

namespace OrleansChat.Conversations;

internal sealed partial class ConversationGrain
{
    // A silence is noticed late by at most a quarter of what is allowed, and never costs more than a turn every 5 s.
    private static readonly TimeSpan ShortestSilenceCheck = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestSilenceCheck = TimeSpan.FromSeconds(5);

    private ReplyPump? pump;

    public async Task<SendResult> Send(OwnerId caller, SendMessage message)
    {
        if (Visible(caller) is not { } conversation)
        {
            return new SendResult.NotFound();
        }

        string? question = null;
        if (message.Request is not null && state.TryFindRequest(message.Request, out var known, out var answer))
        {
            if (answer is not null)
            {
                return new SendResult.Accepted(known.Id, answer, known.Sequence);
            }

            // A crash tore the append: the message was stored, and its reply was not.
            question = known.Id;
        }

        if (state.Reply is { } running)
        {
            return new SendResult.Busy(running.Message);
        }

        if (replies.AreLeaving)
        {
            // A reply that starts here would have to be handed over in the middle.
            DeactivateOnIdle();
            throw new ConversationMovingException();
        }

        if (FindModel(message.Model ?? conversation.Model) is not { } model)
        {
            return new SendResult.UnknownModel(KnownModels());
        }

        var now = clock.GetUtcNow();
        var sequence = journal.NextSequence;
        question ??= AddMessage(state.HeadMessage, MessageRole.User, message.Content, now, message.Request);
        var reply = $"msg_{journal.NextSequence}";
        journal.Add(new ReplyStarted(reply, question, model.Info.Id, now) { Sequence = journal.NextSequence });
        StartReply(reply, model);
        await CommitAsync();
        return new SendResult.Accepted(question, reply, sequence);
    }

    public async Task<Conversation?> Cancel(OwnerId caller)
    {
        if (Visible(caller) is null)
        {
            return null;
        }

        if (pump is { } running)
        {
            running.Cancel();
            await running.Completion;
        }
        else if (state.Reply is not null)
        {
            // This activation has lost the reply and is about to leave. The next one has it, and can cancel it.
            throw new ConversationMovingException();
        }

        return Visible(caller);
    }

    // The reply's producer is gone: this activation goes on with it, or ends it.
    private async Task TakeOverAsync(OpenReply open)
    {
        catalog.TryGet(open.Model, out var model);
        var next = TakeOverDecision.Make(open, state.ReplyText, model, budget.Value, journal.NextSequence, clock.GetUtcNow());
        journal.Add(next);
        if (next is ReplyTakenOver taken)
        {
            LogTakenOver(logger, open.Message, key, taken.Attempt);
            StartReply(open.Message, model!);
        }

        await journal.CommitAsync();
    }

    private bool MayBeTakenOver(OpenReply open) => catalog.TryGet(open.Model, out var model) && model.TakeOver != TakeOver.Interrupt;

    private void StartReply(string reply, Model model)
    {
        pump = new ReplyPump(reply, journal, clock, logger);
        _ = ReplyAsync(pump, model);
    }

    private async Task ReplyAsync(ReplyPump reply, Model model)
    {
        var check = (model.SilenceTimeout < model.FirstTokenTimeout ? model.SilenceTimeout : model.FirstTokenTimeout) / 4;
        check = check < ShortestSilenceCheck ? ShortestSilenceCheck : check > LongestSilenceCheck ? LongestSilenceCheck : check;

        // Work in the background does not count as use, and a model may think for longer than grains may idle.
        DelayDeactivation(Timeout.InfiniteTimeSpan);
        using var timer = this.RegisterGrainTimer(
            static (reply, _) =>
            {
                reply.CheckSilence();
                return Task.CompletedTask;
            },
            reply,
            new GrainTimerCreationOptions(check, check) { Interleave = true });
        replies.Started();
        reply.Start(model, () => Prompt.From(state));
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

        await CompactAsync();
        await NameAsync(reply.Reply);
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

    [LoggerMessage(LogLevel.Information, "Reply {Reply} of {Conversation} is taken over, for the {Attempt}. time.")]
    private static partial void LogTakenOver(ILogger logger, string reply, ConversationKey conversation, int attempt);

    [LoggerMessage(LogLevel.Error, "Reply {Reply} of {Conversation} stopped on our side; the next activation takes it over.")]
    private static partial void LogReplyLost(ILogger logger, Exception exception, ConversationKey conversation, string reply);

    [LoggerMessage(LogLevel.Warning, "The journal of {Conversation} could not be compacted.")]
    private static partial void LogCompactionFailed(ILogger logger, Exception exception, ConversationKey conversation);
}
