using System.Buffers;
using OrleansChat.Events;

namespace OrleansChat.Journal;

/// <summary>Makes one record of each run of deltas. Pure: what a store does with the result is its own affair.</summary>
public static class ReplyCompaction
{
    /// <summary>
    /// The same events with each run of two or more deltas of one reply as a <see cref="DeltaRun"/>. Lines that are already
    /// compact, or no deltas, pass unchanged. The caller sees to it that no reply is open at the end.
    /// </summary>
    /// <exception cref="InvalidDataException">A line is malformed.</exception>
    public static EventBlock Compact(EventBlock block)
    {
        ArgumentNullException.ThrowIfNull(block);
        var output = new ArrayBufferWriter<byte>(block.Lines.Length);
        var run = new Run(output);
        foreach (var line in block)
        {
            if (line.Type == EventType.ReplyDelta)
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
        private byte[] message = [];
        private long last;

        public void Add(EventLine delta)
        {
            if (lengths.Count > 0 && !delta.Message.SequenceEqual(message))
            {
                End();
            }

            if (lengths.Count == 0)
            {
                message = delta.Message.ToArray();
            }

            var piece = delta.EscapedText;
            text.Write(piece);
            lengths.Add(piece.Length);
            last = delta.Last;
        }

        public void End()
        {
            if (lengths.Count == 1)
            {
                DeltaRun.WriteDelta(output, last, message, text.WrittenSpan);
                output.Write("\n"u8);
            }
            else if (lengths.Count > 1)
            {
                DeltaRun.Write(output, last, message, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(lengths), text.WrittenSpan);
            }

            lengths.Clear();
            text.ResetWrittenCount();
        }
    }
}
