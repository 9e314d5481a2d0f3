using System.Buffers;
using System.Text;
using System.Text.Json;

namespace OrleansChat.Events;

/// <summary>Writes events into an <see cref="EventBlock"/>. One writer is used again and again; not for several threads at once.</summary>
public sealed class EventBlockBuilder : IDisposable
{
    // Larger buffers are given back rather than kept for a conversation that may never need one again.
    private const int KeptCapacity = 16 * 1024;

    private readonly Utf8JsonWriter writer;
    private ArrayBufferWriter<byte> lines = new();
    private long first;
    private long last;

    /// <summary>Creates a builder.</summary>
    public EventBlockBuilder() => writer = new Utf8JsonWriter(lines, EventJson.WriterOptions);

    /// <summary>Whether no event was added since the last <see cref="Build"/>.</summary>
    public bool IsEmpty => lines.WrittenCount == 0;

    /// <summary>How many bytes the block has so far.</summary>
    public int Length => lines.WrittenCount;

    /// <summary>Adds the event that follows the last one.</summary>
    /// <exception cref="InvalidOperationException">Its sequence does not follow.</exception>
    public void Add(ConversationEvent next)
    {
        ArgumentNullException.ThrowIfNull(next);
        if (IsEmpty)
        {
            first = next.Sequence;
        }
        else if (next.Sequence != last + 1)
        {
            throw new InvalidOperationException($"Event {next.Sequence} does not follow event {last}.");
        }

        last = next.Sequence;
        switch (next)
        {
            case ReplyDelta delta:
                WriteText("reply.delta"u8, "{\"type\":\"reply.delta\",\"sequence\":"u8, delta.Sequence, delta.Message, delta.Text);
                break;
            case ReplyReasoning { Signature: null } piece:
                WriteText("reply.reasoning"u8, "{\"type\":\"reply.reasoning\",\"sequence\":"u8, piece.Sequence, piece.Message, piece.Text);
                break;
            default:
                writer.Reset(lines);
                JsonSerializer.Serialize(writer, next, EventJson.Default.ConversationEvent);
                writer.Flush();
                break;
        }

        lines.Write("\n"u8);
    }

    /// <summary>The block of all events added, and an empty builder.</summary>
    /// <exception cref="InvalidOperationException">No event was added.</exception>
    public EventBlock Build()
    {
        if (IsEmpty)
        {
            throw new InvalidOperationException("A block has at least one event.");
        }

        var block = new EventBlock(first, last, lines.WrittenSpan.ToArray());
        if (lines.Capacity > KeptCapacity)
        {
            lines = new ArrayBufferWriter<byte>();
        }
        else
        {
            lines.ResetWrittenCount();
        }

        return block;
    }

    /// <inheritdoc />
    public void Dispose() => writer.Dispose();

    // By hand because these are the events of every token: the serializer takes about four times as long, and for plain text, which
    // nearly every token is, its writer twice as long (benchmarks/Micro, SerializeDeltas).
    private void WriteText(ReadOnlySpan<byte> type, ReadOnlySpan<byte> head, long sequence, string message, string text)
    {
        if (!ReadableEncoder.IsPlain(message) || !ReadableEncoder.IsPlain(text))
        {
            writer.Reset(lines);
            writer.WriteStartObject();
            writer.WriteString("type"u8, type);
            writer.WriteNumber("sequence"u8, sequence);
            writer.WriteString("message"u8, message);
            writer.WriteString("text"u8, text);
            writer.WriteEndObject();
            writer.Flush();
            return;
        }

        lines.Write(head);
        lines.WriteDecimal(sequence);
        lines.Write(",\"message\":\""u8);
        Encoding.UTF8.GetBytes(message, lines);
        lines.Write("\",\"text\":\""u8);
        Encoding.UTF8.GetBytes(text, lines);
        lines.Write("\"}"u8);
    }
}
