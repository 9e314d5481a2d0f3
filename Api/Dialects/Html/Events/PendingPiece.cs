using System.Buffers;
using System.Text;

namespace OrleansChat.Dialects.Html.Events;

/// <summary>Neighbouring pieces of thinking, of a refusal or of a call on their way to becoming one event.</summary>
internal sealed class PendingPiece
{
    private readonly StringBuilder text = new();
    private ReplyPiece first;
    private string? message;
    private long last;

    /// <summary>Adds a piece; writes what came before if it cannot be joined with that.</summary>
    public void Add(string reply, ReplyPiece piece, long sequence, HtmlFrames frames, IBufferWriter<byte> output)
    {
        if (message != reply || piece.Kind != first.Kind || piece.Call != first.Call)
        {
            Write(frames, output);
            (message, first) = (reply, piece);
        }

        text.Append(piece.Text);
        last = sequence;
    }

    /// <summary>Writes what was gathered, if anything.</summary>
    public void Write(HtmlFrames frames, IBufferWriter<byte> output)
    {
        // A signature alone is nothing to show; a call without arguments is.
        if (message is not null && (text.Length > 0 || first.Call is not null))
        {
            frames.Piece(output, last, message, first with { Text = text.ToString() });
        }

        message = null;
        text.Clear();
    }
}
