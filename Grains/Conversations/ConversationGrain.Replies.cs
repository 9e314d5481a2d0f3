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

        if (state.RunningReply is { } running)
        {
            return new SendResult.Busy(running);
        }

        if (FindModel(message.Model ?? conversation.Model) is not { } model)
        {
            return new SendResult.UnknownModel(KnownModels());
        }

        var now = clock.GetUtcNow();
        var sequence = journal.NextSequence;
        var question = AddMessage(state.HeadMessage, MessageRole.User, message.Content, now);
        var reply = $"msg_{journal.NextSequence}";
        journal.Add(new ReplyStarted(reply, question, model.Info.Id, now) { Sequence = journal.NextSequence });
        pump = new ReplyPump(reply, journal, clock, logger);
        _ = ReplyAsync(pump, model);
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

        return Visible(caller);
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
        reply.Start(model, () => Prompt.From(state));
        try
        {
            await reply.Completion;
        }
        catch (Exception e)
        {
            // Whatever it was, a reply must not stay open: leaving ends it, or the next activation does.
            LogReplyLost(logger, e, key, reply.Reply);
            DeactivateOnIdle();
            return;
        }
        finally
        {
            if (pump == reply)
            {
                pump = null;
                DelayDeactivation(TimeSpan.Zero);
            }
        }

        await CompactAsync();
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

    [LoggerMessage(LogLevel.Error, "Reply {Reply} of {Conversation} stopped on our side; the next activation ends it.")]
    private static partial void LogReplyLost(ILogger logger, Exception exception, ConversationKey conversation, string reply);

    [LoggerMessage(LogLevel.Warning, "The journal of {Conversation} could not be compacted.")]
    private static partial void LogCompactionFailed(ILogger logger, Exception exception, ConversationKey conversation);
}
