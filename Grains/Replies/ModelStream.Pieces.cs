using Microsoft.Extensions.AI;
using OrleansChat.Models;

namespace OrleansChat.Replies;

internal sealed partial class ModelStream
{
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
                if (update.Contents[i] is UsageContent { Details: var details })
                {
                    meter.Reported(details);
                }
                else
                {
                    await PassOnAsync(contents.Next(update.Contents[i]));
                }
            }

            finishReason = update.FinishReason?.Value ?? finishReason;
            deadlines.Wait();
        }

        foreach (var piece in contents.Last())
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

    private ValueTask PassOnAsync(ReplyPiece piece)
    {
        if (piece.IsEmpty)
        {
            return ValueTask.CompletedTask;
        }

        characters += piece.Text.Length;
        if (characters > ReplyLimits.Characters)
        {
            throw new ModelException(ModelErrors.Malformed, $"The model's answer has more than {ReplyLimits.Characters} characters, and seems to have no end.");
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

        deadlines.Begin();
        if (allowance?.Covers(meter.Written) == false)
        {
            return PassOnLastAsync(piece);
        }

        if (pieces.Writer.TryWrite(piece))
        {
            return ValueTask.CompletedTask;
        }

        // The queue is full: it is the journal that is waited for now, not the model.
        deadlines.Hold();
        return pieces.Writer.WriteAsync(piece, abort.Token);
    }

    // A piece that came is paid for, and is the last one where nothing is left for another.
    private async ValueTask PassOnLastAsync(ReplyPiece piece)
    {
        deadlines.Hold();
        var goesOn = await allowance!.WaitAsync(meter.Written);
        await pieces.Writer.WriteAsync(piece, abort.Token);
        if (!goesOn)
        {
            EndNow(new ReplyOutcome.OutOfBudget());
        }
    }

    private static ModelException Diverged() =>
        new(ModelErrors.ResponseLost, "The provider's response is not the one that the journal has the beginning of.");
}
