using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OrleansChat.Limiting;
using OrleansChat.Models;
using OrleansChat.Usage;

namespace OrleansChat.Replies;

/// <summary>
/// Reads one reply from its model on the thread pool, into a bounded queue that the grain empties. A full queue stops the
/// reading, and so the model's sending. This file is how a stream begins and ends; <c>ModelStream.Pieces.cs</c> is what it reads.
/// </summary>
internal sealed partial class ModelStream
{
    /// <summary>How many pieces may wait to be appended before the model is no longer read.</summary>
    internal const int PieceLimit = 512;

    private readonly Model model;
    private readonly ReplyRequest request;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly AlreadyTold? already;
    private readonly TokenAllowance? allowance;
    private readonly CancellationTokenSource abort = new();
    private readonly TaskCompletionSource<ReplyOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ReplyPiece> pieces = Channel.CreateBounded<ReplyPiece>(
        new BoundedChannelOptions(PieceLimit) { SingleReader = true, SingleWriter = true });

    // Only the newest counts, and the grain may be busy.
    private readonly Channel<ResponseContinuationToken> attachments = Channel.CreateBounded<ResponseContinuationToken>(
        new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.DropOldest });

    private readonly StreamDeadlines deadlines;
    private readonly ContentPieces contents = new();
    private readonly UsageMeter meter = new();
    private ResponseContinuationToken? attachment;
    private long characters;
    private string? answeredBy;
    private string? finishReason;

    private ModelStream(Model model, ReplyRequest request, TimeProvider clock, ILogger logger, TokenAllowance? allowance)
    {
        this.allowance = allowance;
        this.model = model;
        this.request = request;
        this.clock = clock;
        this.logger = logger;
        attachment = request.Reattachment?.Token;
        already = request.Reattachment is { } reattachment ? new AlreadyTold(reattachment.Told) : null;
        deadlines = new StreamDeadlines(model, clock);
    }

    /// <summary>The pieces, none empty. Ends when the stream has, however it did.</summary>
    public ChannelReader<ReplyPiece> Pieces => pieces.Reader;

    /// <summary>
    /// How to go on reading what the provider produces by itself, as soon as that is known, and again where it is another response.
    /// Ends when the stream has.
    /// </summary>
    public ChannelReader<ResponseContinuationToken> Attachments => attachments.Reader;

    /// <summary>How the stream ended.</summary>
    public Task<ReplyOutcome> Outcome => outcome.Task;

    /// <summary>Whether nothing more is read for now, because <see cref="Pieces"/> are not taken.</summary>
    public bool IsHeldUp => deadlines.IsHeld;

    /// <summary>Starts to read.</summary>
    /// <param name="model">The model to ask.</param>
    /// <param name="request">What to ask it, or what to read on in place of asking.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logger">Where its failures are told.</param>
    /// <param name="allowance">The tokens that it may cost; null for as many as it takes.</param>
    public static ModelStream Start(Model model, ReplyRequest request, TimeProvider clock, ILogger logger, TokenAllowance? allowance = null)
    {
        var stream = new ModelStream(model, request, clock, logger, allowance);
        _ = Task.Run(stream.ReadAsync);
        return stream;
    }

    /// <summary>Ends the stream as cancelled, unless it has ended, and has the model stop.</summary>
    public void Cancel(ReplyOutcome.Cancelled how) => EndNow(how);

    /// <summary>Stops reading. What the provider produces by itself, it goes on with: somebody else may read it on.</summary>
    public void LetGo() => EndNow(new ReplyOutcome.Cancelled { IsLetGo = true });

    /// <summary>Ends the stream if it takes longer than it may. To be called every now and then, by whichever thread.</summary>
    public void CheckSilence()
    {
        if (deadlines.Overdue(Volatile.Read(ref finishReason)) is { } end)
        {
            EndNow(end);
        }
    }

    // Does not wait for the model's client to notice the abort: one that takes its time must not hold the ending up.
    private void EndNow(ReplyOutcome why)
    {
        // Most streams have ended by themselves when they are told to.
        if (!outcome.Task.IsCompleted && outcome.TrySetResult(WithUsage(why, hasBegun: true)))
        {
            pieces.Writer.TryComplete();
            attachments.Writer.TryComplete();
            _ = abort.CancelAsync();
        }
    }

    private async Task ReadAsync()
    {
        // What is read on has been asked and is paid for, also where it turns out to be more than there was.
        if (allowance is not null && !await allowance.BeginAsync(PromptTokens.Of(request.Messages) + PromptTokens.Of(request.Options)) && attachment is null)
        {
            EndUnasked();
            return;
        }

        await ReadToEndAsync();

        // Not before the client has let go: until then it may come to know what it reads.
        if (attachment is { } response && MayRunUnwanted(await outcome.Task))
        {
            UnwantedResponse.Stop(model, response, clock, logger);
        }
    }

    // What the provider itself has ended is over; anything else may still run there.
    private static bool MayRunUnwanted(ReplyOutcome how) =>
        how is not (ReplyOutcome.Completed or ReplyOutcome.Failed { Error.Code: ModelErrors.Error } or ReplyOutcome.Cancelled { IsLetGo: true });

    private void EndUnasked()
    {
        outcome.TrySetResult(new ReplyOutcome.OutOfBudget());
        pieces.Writer.TryComplete();
        attachments.Writer.TryComplete();
    }

    private async Task ReadToEndAsync()
    {
        ReplyOutcome end;
        var wasWaitedFor = false;
        try
        {
            await ReadPiecesAsync();
            end = finishReason is null
                ? Failed(ModelErrors.Truncated, "The model's answer broke off before its end.")
                : new ReplyOutcome.Completed(finishReason);
        }
        catch (Exception) when (outcome.Task.IsCompleted)
        {
            // Cancelled or timed out; whatever an aborted request ends with, that is why.
            return;
        }
        catch (ModelException e) when (e.Code == ModelErrors.ResponseLost)
        {
            LogModelFailed(logger, e, model.Info.Id, e.Code);
            end = new ReplyOutcome.Detached();
        }
        catch (ModelException e)
        {
            LogModelFailed(logger, e, model.Info.Id, e.Code);
            end = Failed(e.Code, e.Message);
            wasWaitedFor = e.Code is ModelErrors.FirstTokenTimeout;
        }
        catch (Exception e)
        {
            LogClientFailed(logger, e, model.Info.Id);
            end = Failed(ModelErrors.Internal, "The reply failed for a reason of our own. It can be tried again.");
        }

        outcome.TrySetResult(WithUsage(end, meter.HasAnswered || wasWaitedFor));
        pieces.Writer.TryComplete();
        attachments.Writer.TryComplete();
    }

    // A model that refused, or was not reached, has read nothing. One that is silent may be thinking, which is paid for.
    private ReplyOutcome WithUsage(ReplyOutcome end, bool hasBegun) => end with
    {
        Usage = meter.Total(end is ReplyOutcome.Completed, hasBegun ? request.Messages : null, request.Options),
        WasAsked = true,
        AnsweredBy = answeredBy,
    };

    private static ReplyOutcome.Failed Failed(string code, string message) => new(ModelErrors.Of(code, message));

    [LoggerMessage(LogLevel.Warning, "Model {Model} failed: {Code}.")]
    private static partial void LogModelFailed(ILogger logger, Exception exception, string model, string code);

    [LoggerMessage(LogLevel.Error, "The client of model {Model} failed unexpectedly.")]
    private static partial void LogClientFailed(ILogger logger, Exception exception, string model);
}
