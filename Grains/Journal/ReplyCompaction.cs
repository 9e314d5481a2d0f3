using System.Buffers;
using OrleansChat.Events;

namespace OrleansChat.Journal;

/// <summary>Makes one record of each run of pieces. Pure: what a store does with the result is its own affair.</summary>
public static class ReplyCompaction
{
    /// <summary>
    /// The same events with each run of two or more pieces of one reply, of the same kind, as a <see cref="DeltaRun"/>. Lines that are
    /// already compact, or no pieces, pass unchanged. The caller sees to it that no reply is open at the end.
    /// </summary>
    /// <exception cref="InvalidDataException">A line is malformed.</exception>
    public static EventBlock Compact(EventBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var output = new ArrayBufferWriter<byte>(block.Lines.Length);
        var run = new Run(output);
        foreach (var line in block)
        {
            if (line.Type.IsContent() && !line.Type.IsRun())
            {
                run.Add(line);
            }
            else
            {
                run.End();
                output.Write(line.Json);
                output.Write("\n"u8);
            }
        }

        run.End();
        return new EventBlock(block.First, block.Last, output.WrittenMemory);
    }

    private sealed class Run(ArrayBufferWriter<byte> output)
    {
        private readonly ArrayBufferWriter<byte> text = new();
        private readonly List<int> lengths = [];
        private byte[] subject = [];
        private EventType type;
        private long last;

        public void Add(EventLine piece)
        {
            var belongsTo = piece.Subject;
            if (lengths.Count > 0 && (piece.Type != type || !belongsTo.SequenceEqual(subject)))
            {
                End();
            }

            if (lengths.Count == 0)
            {
                (type, subject) = (piece.Type, belongsTo.ToArray());
            }

            var said = piece.EscapedText;
            text.Write(said);
            lengths.Add(said.Length);
            last = piece.Last;
        }

        public void End()
        {
            if (lengths.Count == 1)
            {
                DeltaRun.WritePiece(output, type, last, subject, text.WrittenSpan);
                output.Write("\n"u8);
            }
            else if (lengths.Count > 1)
            {
                DeltaRun.Write(output, type, last, subject, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(lengths), text.WrittenSpan);
            }

            lengths.Clear();
            text.ResetWrittenCount();
        }
    }
}
