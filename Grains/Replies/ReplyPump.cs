using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OrleansChat.Context;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Limiting;
using OrleansChat.Models;
using OrleansChat.Telemetry;

namespace OrleansChat.Replies;

/// <summary>
/// Carries one reply from its model into the journal. Lives on the grain's scheduler, between whose turns other calls run. It does
/// not wait for appends, only for what it has added to become less: while one is under way further pieces gather in the journal.
/// </summary>
/// <param name="reply">The reply's id.</param>
/// <param name="journal">Where it goes.</param>
/// <param name="end">Adds the reply's end to the journal, and what follows from it; not where the reply is abandoned by then.</param>
/// <param name="allowance">The tokens that it may cost; null for as many as it takes.</param>
/// <param name="clock">The time.</param>
/// <param name="logger">Where models' failures are told.</param>
internal sealed class ReplyPump(
    string reply, ConversationJournal journal, Func<ReplyPump, ReplyOutcome, Task> end, TokenAllowance? allowance, TimeProvider clock, ILogger logger)
{
    private readonly CancellationTokenSource preparing = new();
    private ModelStream? stream;

    /// <summary>The reply's id.</summary>
    public string Reply => reply;

    /// <summary>The tokens that it may cost; null for as many as it takes.</summary>
    public TokenAllowance? Allowance => allowance;

    /// <summary>Whether somebody else ends the reply, or nobody.</summary>
    public bool IsAbandoned { get; private set; }

    /// <summary>How somebody wants the reply to end; null where nobody does.</summary>
    public ReplyOutcome.Cancelled? Cancelled { get; private set; }

    /// <summary>Done when the reply's end is durable, or was given up; fails when the journal does.</summary>
    public Task Completion { get; private set; } = Task.CompletedTask;

    /// <summary>Starts to read the model, once what the journal has so far, the reply's beginning with it, is durable.</summary>
    /// <param name="model">The model.</param>
    /// <param name="prepare">Makes what it is asked.</param>
    /// <param name="unread">What the provider produces, to be read on in place of asking; null to ask.</param>
    public void Start(Model model, Func<CancellationToken, Task<FittedPrompt>> prepare, ResponseContinuationToken? unread = null) =>
        Completion = RunAsync(model, prepare, unread);

    /// <summary>Ends the reply as cancelled, unless it has ended. Safe to repeat, also before <see cref="Start"/>.</summary>
    public void Cancel(ReplyOutcome.Cancelled outcome)
    {
        Cancelled ??= outcome;
        preparing.Cancel();
        stream?.Cancel(outcome);
    }

    /// <summary>Stops without an ending; the caller writes one, or none.</summary>
    public void Abandon()
    {
        IsAbandoned = true;
        Cancelled ??= new ReplyOutcome.Cancelled();
        preparing.Cancel();
        stream?.LetGo();
    }

    /// <summary>Lets the reply fail if its model has been silent, or has gone on, for too long. May be called by any thread.</summary>
    public void CheckSilence() => Volatile.Read(ref stream)?.CheckSilence();

    private async Task RunAsync(Model model, Func<CancellationToken, Task<FittedPrompt>> prepare, ResponseContinuationToken? unread)
    {
        using var telemetry = ReplyTelemetry.Start(reply, model.Info.Id, clock);
        await journal.CommitAsync();
        var outcome = Cancelled ?? await AskAsync(model, prepare, telemetry);
        if (stream is null && !IsAbandoned && unread is not null)
        {
            UnwantedResponse.Stop(model, unread, clock, logger);
        }

        journal.Settle();
        if (!IsAbandoned)
        {
            await end(this, outcome);
        }

        await journal.CommitAsync();
        telemetry.Committed();
        if (!IsAbandoned)
        {
            telemetry.Ended(outcome);
        }
    }

    private async Task<ReplyOutcome> AskAsync(Model model, Func<CancellationToken, Task<FittedPrompt>> prepare, ReplyTelemetry telemetry)
    {
        try
        {
            var prompt = await prepare(preparing.Token);
            return Cancelled is not null ? Cancelled
                : prompt.Error is { } error ? new ReplyOutcome.Failed(error)
                : await PumpAsync(model, prompt.Request, telemetry);
        }
        catch (OperationCanceledException) when (Cancelled is not null && stream is null)
        {
            return Cancelled;
        }
    }

    private async Task<ReplyOutcome> PumpAsync(Model model, ReplyRequest request, ReplyTelemetry telemetry)
    {
        var reading = stream = ModelStream.Start(model, request, clock, logger, allowance);
        journal.OnBroken = reading.LetGo;
        try
        {
            if (journal.IsBroken)
            {
                stream.LetGo();
            }

            var attaching = AttachAsync(stream);

            while (await stream.Pieces.WaitToReadAsync())
            {
                journal.Settle();
                Attach(stream);
                if (journal.IsDurable)
                {
                    telemetry.Committed();
                }

                var gathered = 0;
                for (; gathered < ModelStream.PieceLimit && stream.Pieces.TryRead(out var piece); gathered++)
                {
                    var sequence = journal.NextSequence;
                    journal.Add(piece.Kind is null
                        ? new ReplyDelta(reply, piece.Text) { Sequence = sequence }
                        : piece.Kind.ToEvent(reply, piece.Text, sequence));
                }

                telemetry.Added(gathered);

                // The last pieces wait for the ending, to be appended with it.
                if (!stream.Pieces.Completion.IsCompleted)
                {
                    await CommitAsync(telemetry);
                }
            }

            await attaching;
            return await stream.Outcome;
        }
        finally
        {
            // Also when the journal fails: nobody reads this model any more.
            journal.OnBroken = null;
            stream.LetGo();
        }
    }

    // As soon as it is known, and not with the first text, which may be minutes away.
    private async Task AttachAsync(ModelStream reading)
    {
        while (await reading.Attachments.WaitToReadAsync() && !journal.IsBroken)
        {
            Attach(reading);
            journal.Commit();
        }
    }

    // Always before the text that came after it: a crash between them would leave a text that nobody can go on with.
    private void Attach(ModelStream reading)
    {
        while (reading.Attachments.TryRead(out var token))
        {
            journal.Add(new ReplyAttached(reply, Reattachment.Write(token)) { Sequence = journal.NextSequence });
        }
    }

    private async ValueTask CommitAsync(ReplyTelemetry telemetry)
    {
        // The first text is waited for: when it can be seen is what is measured, and the next may be long in coming.
        if (telemetry.HasText && journal.PendingCount < ModelStream.PieceLimit)
        {
            journal.Commit();
            return;
        }

        await journal.CommitAsync();
        telemetry.Committed();
    }
}
