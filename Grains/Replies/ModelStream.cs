using System.Threading.Channels;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OrleansChat.Events;
using OrleansChat.Models;

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
    private readonly CancellationTokenSource abort = new();
    private readonly TaskCompletionSource<ReplyOutcome> outcome = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Channel<ReplyPiece> pieces = Channel.CreateBounded<ReplyPiece>(
        new BoundedChannelOptions(PieceLimit) { SingleReader = true, SingleWriter = true });
    private readonly long startedAt;
    private readonly TextPieces text = new();

    // Few replies have any of these.
    private TextPieces? thought;
    private TextPieces? refusal;
    private ToolCallPieces? calls;

    private TokenUsage? usage;
    private string? finishReason;
    private string? answeredBy;
    private long waitingSince;
    private bool started;

    private ModelStream(Model model, ReplyRequest request, TimeProvider clock, ILogger logger)
    {
        this.model = model;
        this.request = request;
        this.clock = clock;
        this.logger = logger;
        startedAt = waitingSince = clock.GetTimestamp();
    }

    /// <summary>The pieces, none empty. Ends when the stream has, however it did.</summary>
    public ChannelReader<ReplyPiece> Pieces => pieces.Reader;

    /// <summary>How the stream ended.</summary>
    public Task<ReplyOutcome> Outcome => outcome.Task;

    /// <summary>Starts to read.</summary>
    public static ModelStream Start(Model model, ReplyRequest request, TimeProvider clock, ILogger logger)
    {
        var stream = new ModelStream(model, request, clock, logger);
        _ = Task.Run(stream.ReadAsync);
        return stream;
    }

    /// <summary>Ends the stream as cancelled, unless it has ended, and aborts the request to the model.</summary>
    public void Cancel(ReplyOutcome.Cancelled how) => EndNow(how);

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
        if (outcome.TrySetResult(why with { Usage = usage, AnsweredBy = answeredBy }))
        {
            pieces.Writer.TryComplete();
            _ = abort.CancelAsync();
        }
    }

    private async Task ReadAsync()
    {
        ReplyOutcome end;
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
        catch (ModelException e)
        {
            LogModelFailed(logger, e, model.Info.Id, e.Code);
            end = Failed(e.Code, e.Message);
        }
        catch (Exception e)
        {
            LogClientFailed(logger, e, model.Info.Id);
            end = Failed(ModelErrors.Internal, "The reply failed for a reason of our own. It can be tried again.");
        }

        outcome.TrySetResult(end with { Usage = usage, AnsweredBy = answeredBy });
        pieces.Writer.TryComplete();
    }

    private async Task ReadPiecesAsync()
    {
        await foreach (var update in model.Client.GetStreamingResponseAsync(request.Messages, request.Options, abort.Token))
        {
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
                    usage = new TokenUsage(details.InputTokenCount ?? 0, details.OutputTokenCount ?? 0);
                }
                else if (PieceOf(content) is { IsEmpty: false } piece)
                {
                    await PassOnAsync(piece);
                }
            }

            answeredBy = update.ModelId ?? answeredBy;
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

        Volatile.Write(ref started, true);
        if (pieces.Writer.TryWrite(piece))
        {
            return ValueTask.CompletedTask;
        }

        // The queue is full: it is the journal that is waited for now, not the model.
        Volatile.Write(ref waitingSince, 0);
        return pieces.Writer.WriteAsync(piece, abort.Token);
    }

    private static ReplyOutcome.Failed Failed(string code, string message) => new(ModelErrors.Of(code, message));

    private static string Seconds(TimeSpan time) => $"{time.TotalSeconds:0.###} seconds";

    [LoggerMessage(LogLevel.Warning, "Model {Model} failed: {Code}.")]
    private static partial void LogModelFailed(ILogger logger, Exception exception, string model, string code);

    [LoggerMessage(LogLevel.Error, "The client of model {Model} failed unexpectedly.")]
    private static partial void LogClientFailed(ILogger logger, Exception exception, string model);
}
