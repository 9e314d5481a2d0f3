using System.Buffers;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.Native;

/// <summary>Neighbouring deltas of one reply on their way to becoming one frame. A delta that stands alone goes out as it is.</summary>
internal ref struct MergedDeltas
{
    private readonly ref ArrayBufferWriter<byte>? scratch;
    private EventLine only;
    private ReadOnlySpan<byte> message;
    private long last;
    private int count;

    public MergedDeltas(ref ArrayBufferWriter<byte>? scratch) => this.scratch = ref scratch;

    /// <summary>Adds a delta, or a run of them; writes what came before if that was of another reply.</summary>
    public void Add(EventLine line, IBufferWriter<byte> output)
    {
        if (count > 0 && !line.Message.SequenceEqual(message))
        {
            End(output);
        }

        if (count == 0)
        {
            only = line;
            message = line.Message;
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
        if (count == 1 && only.Type == EventType.ReplyDelta)
        {
            SseFrames.WriteFrame(output, last, only.TypeName, only.Json);
        }
        else if (count > 0)
        {
            var text = count == 1 ? only.EscapedText : scratch!.WrittenSpan;
            SseFrames.WriteId(output, last);
            SseFrames.WriteEvent(output, "reply.delta"u8);
            output.Write("data: "u8);
            DeltaRun.WriteDelta(output, last, message, text);
            output.Write("\n\n"u8);
        }

        count = 0;
    }
}
