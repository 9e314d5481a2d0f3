using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OrleansChat.Models;
using OrleansChat.Usage;

namespace OrleansChat.Replies;

/// <summary>
/// Reads one reply from its model on the thread pool, into a bounded queue that the grain empties. A full queue stops the
/// reading, and so the model's sending.
/// </summary>
internal sealed partial class ModelStream
{
    /// <summary>How many pieces may wait to be appended before the model is no longer read.</summary>
    internal const int PieceLimit = 512;

    /// <summary>
    /// How long a response may go on without a word after its model has signalled its end: longer than clients wait there for the usage, which
    /// is two seconds.
    /// </summary>
    internal static readonly TimeSpan EndingTimeout = TimeSpan.FromSeconds(5);

    private readonly Model model;
    private readonly ReplyRequest request;
    private readonly TimeProvider clock;
    private readonly ILogger logger;
    private readonly AlreadyTold? already;
    private readonly CancellationTokenSource abort = new();
    private readonly TaskCompletionSource<ReplyOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ReplyPiece> pieces = Channel.CreateBounded<ReplyPiece>(
        new BoundedChannelOptions(PieceLimit) { SingleReader = true, SingleWriter = true });

    // Only the newest counts, and the grain may be busy.
    private readonly Channel<ResponseContinuationToken> attachments = Channel.CreateBounded<ResponseContinuationToken>(
        new BoundedChannelOptions(1) { SingleReader = true, SingleWriter = true, FullMode = BoundedChannelFullMode.DropOldest });

    private readonly long startedAt;
    private readonly TextPieces text = new();

    // Few replies have any of these.
    private TextPieces? thought;
    private TextPieces? refusal;
    private ToolCallPieces? calls;

    private readonly UsageMeter meter = new();
    private ResponseContinuationToken? attachment;
    private string? answeredBy;
    private string? finishReason;
    private long waitingSince;
    private bool started;

    private ModelStream(Model model, ReplyRequest request, TimeProvider clock, ILogger logger)
    {
        this.model = model;
        this.request = request;
        this.clock = clock;
        this.logger = logger;
        attachment = request.Reattachment?.Token;
        already = request.Reattachment is { } reattachment ? new AlreadyTold(reattachment.Told) : null;
        startedAt = waitingSince = clock.GetTimestamp();
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

    /// <summary>Starts to read.</summary>
    /// <param name="model">The model to ask.</param>
    /// <param name="request">What to ask it, or what to read on in place of asking.</param>
    /// <param name="clock">The time.</param>
    /// <param name="logger">Where its failures are told.</param>
    public static ModelStream Start(Model model, ReplyRequest request, TimeProvider clock, ILogger logger)
    {
        var stream = new ModelStream(model, request, clock, logger);
        _ = Task.Run(stream.ReadAsync);
        return stream;
    }

    /// <summary>Ends the stream as cancelled, unless it has ended, and has the model stop.</summary>
    public void Cancel(ReplyOutcome.Cancelled how) => EndNow(how);

    /// <summary>Stops reading. What the provider produces by itself, it goes on with: somebody else may read it on.</summary>
    public void LetGo() => EndNow(new ReplyOutcome.Cancelled { IsLetGo = true });

    /// <summary>
    /// Ends the stream as failed if the model has been silent, or has gone on, for longer than it may. To be called every now and then:
    /// a timer of each stream, set anew with each token, would cost more than all that it watches for.
    /// </summary>
    public void CheckSilence()
    {
        if (CheckEnding())
        {
            return;
        }

        var since = Volatile.Read(ref waitingSince);
        var hasStarted = Volatile.Read(ref started);
        if (clock.GetElapsedTime(startedAt) > model.TotalTimeout)
        {
            EndNow(Failed(ModelErrors.TotalTimeout, $"The model's answer took longer than {Seconds(model.TotalTimeout)}, which is as long as one may take."));
        }
        else if (since != 0 && hasStarted && clock.GetElapsedTime(since) > model.SilenceTimeout)
        {
            EndNow(Failed(ModelErrors.SilenceTimeout, $"The model fell silent for more than {Seconds(model.SilenceTimeout)}."));
        }
        else if (since != 0 && !hasStarted && clock.GetElapsedTime(since) > model.FirstTokenTimeout)
        {
            EndNow(Failed(ModelErrors.FirstTokenTimeout, $"The model did not begin its answer within {Seconds(model.FirstTokenTimeout)}."));
        }
    }

    // A model that has signalled its end has said all, and can no longer be late; only its response may still hang.
    private bool CheckEnding()
    {
        var since = Volatile.Read(ref waitingSince);
        if (Volatile.Read(ref finishReason) is not { } reason)
        {
            return false;
        }

        if (since != 0 && clock.GetElapsedTime(since) > EndingTimeout)
        {
            EndNow(new ReplyOutcome.Completed(reason));
        }

        return true;
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

    private async Task ReadPiecesAsync()
    {
        await foreach (var update in model.Client.GetStreamingResponseAsync(request.Messages, Options(), abort.Token))
        {
            meter.HasAnswered = true;
            answeredBy = update.ModelId ?? answeredBy;

            if (update.ContinuationToken is { } token)
            {
                // Equal where it is the same response, of which the first place will do: what was said since then is left out.
                if (!token.Equals(attachment))
                {
                    attachments.Writer.TryWrite(token);
                }

                attachment = token;
            }

            // By index: an enumerator of the interface would be allocated for every token.
            for (var i = 0; i < update.Contents.Count; i++)
            {
                var content = update.Contents[i];
                if (content is TextContent said)
                {
                    await PassOnAsync(new ReplyPiece(text.Next(said.Text)));
                }
                else if (content is UsageContent { Details: var details })
                {
                    meter.Reported(details);
                }
                else if (PieceOf(content) is { IsEmpty: false } piece)
                {
                    await PassOnAsync(piece);
                }
            }

            finishReason = update.FinishReason?.Value ?? finishReason;
            Volatile.Write(ref waitingSince, clock.GetTimestamp());
        }

        await PassOnAsync(new ReplyPiece(thought?.Last() ?? "", PieceKind.Reasoning.Unsigned));
        await PassOnAsync(new ReplyPiece(text.Last()));
        await PassOnAsync(new ReplyPiece(refusal?.Last() ?? "", PieceKind.Refusal.Instance));
        foreach (var piece in calls?.Last() ?? [])
        {
            await PassOnAsync(piece);
        }

        if (already is { IsOver: false } && finishReason is not null)
        {
            throw Diverged();
        }
    }

    private ChatOptions? Options()
    {
        if (model.TakeOver != TakeOver.Reattach)
        {
            return request.Options;
        }

        var options = request.Options ?? new ChatOptions();
        (options.AllowBackgroundResponses, options.ContinuationToken) = (true, attachment);
        return options;
    }

    private ReplyPiece PieceOf(AIContent content) => content switch
    {
        TextReasoningContent { ProtectedData: { Length: > 0 } signature } end =>
            new ReplyPiece((thought ??= new TextPieces()).Next(end.Text), new PieceKind.Reasoning(signature)),
        TextReasoningContent piece => new ReplyPiece((thought ??= new TextPieces()).Next(piece.Text), PieceKind.Reasoning.Unsigned),
        RefusalPiece piece => new ReplyPiece((refusal ??= new TextPieces()).Next(piece.Text), PieceKind.Refusal.Instance),
        ToolCallPiece piece => (calls ??= new ToolCallPieces()).Next(piece),
        FunctionCallContent call => (calls ??= new ToolCallPieces()).Next(call),
        _ => new ReplyPiece(""),
    };

    private ValueTask PassOnAsync(ReplyPiece piece)
    {
        if (piece.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        // What is read on counts from its beginning: it is one response, and nobody else pays for what he read of it.
        meter.Wrote(piece.Text);
        if (piece.Kind is PieceKind.ToolCall { Name: { } name })
        {
            meter.Wrote(name);
        }

        if (already is not null)
        {
            piece = already.Next(piece) ?? throw Diverged();
        }

        if (piece.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        Volatile.Write(ref started, true);
        if (pieces.Writer.TryWrite(piece))
        {
            return ValueTask.CompletedTask;
        }

        // The queue is full: it is the journal that is waited for now, not the model.
        Volatile.Write(ref waitingSince, 0);
        return pieces.Writer.WriteAsync(piece, abort.Token);
    }

    // A model that refused, or was not reached, has read nothing. One that is silent may be thinking, which is paid for.
    private ReplyOutcome WithUsage(ReplyOutcome end, bool hasBegun) => end with
    {
        Usage = meter.Total(end is ReplyOutcome.Completed, hasBegun ? request.Messages : null, request.Options),
        WasAsked = true,
        AnsweredBy = answeredBy,
    };

    private static ModelException Diverged() =>
        new(ModelErrors.ResponseLost, "The provider's response is not the one that the journal has the beginning of.");

    private static ReplyOutcome.Failed Failed(string code, string message) => new(ModelErrors.Of(code, message));

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.###} seconds";

    [LoggerMessage(LogLevel.Warning, "Model {Model} failed: {Code}.")]
    private static partial void LogModelFailed(ILogger logger, Exception exception, string model, string code);

    [LoggerMessage(LogLevel.Error, "The client of model {Model} failed unexpectedly.")]
    private static partial void LogClientFailed(ILogger logger, Exception exception, string model);
}
