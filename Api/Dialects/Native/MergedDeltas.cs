using System.Buffers;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.Native;

/// <summary>Neighbouring pieces of one reply, of one kind, on their way to becoming one frame. A piece that stands alone goes out as it is.</summary>
internal ref struct MergedDeltas
{
    private readonly ref ArrayBufferWriter<byte>? scratch;
    private EventLine only;
    private ReadOnlySpan<byte> subject;
    private long last;
    private int count;

    public MergedDeltas(ref ArrayBufferWriter<byte>? scratch) => this.scratch = ref scratch;

    /// <summary>Adds a piece, or a run of them; writes what came before if it cannot be joined with that.</summary>
    public void Add(EventLine line, IBufferWriter<byte> output)
    {
        var belongsTo = line.Subject;
        if (count > 0 && !(belongsTo.SequenceEqual(subject) && DeltaRun.PieceNameOf(line).SequenceEqual(DeltaRun.PieceNameOf(only))))
        {
            End(output);
        }

        if (count == 0)
        {
            only = line;
            subject = belongsTo;
        }
        else
        {
            if (count == 1)
            {
                scratch ??= new ArrayBufferWriter<byte>();
                scratch.ResetWrittenCount();
                scratch.Write(only.EscapedText);
            }

            scratch!.Write(line.EscapedText);
        }

        count++;
        last = line.Last;
    }

    /// <summary>Writes what was gathered, if anything.</summary>
    public void End(IBufferWriter<byte> output)
    {
        if (count == 1 && !only.Type.IsRun())
        {
            SseFrames.WriteFrame(output, last, only.TypeName, only.Json);
        }
        else if (count > 0)
        {
            var text = count == 1 ? only.EscapedText : scratch!.WrittenSpan;
            SseFrames.WriteId(output, last);
            SseFrames.WriteEvent(output, DeltaRun.PieceNameOf(only));
            output.Write("data: "u8);
            DeltaRun.WritePiece(output, only.Type, last, subject, text);
            output.Write("\n\n"u8);
        }

        count = 0;
    }
}
