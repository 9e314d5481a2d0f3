using System.Buffers;
using System.Text.Json;
using OrleansChat.Dialects.Responses.Views;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.Responses.Rendering;

/// <summary>
/// Numbers the frames of a response and writes those that its reader has not seen. Deltas of one part that come one after the other are written as one.
/// </summary>
internal sealed class ResponseFrames
{
    private readonly ArrayBufferWriter<byte> scratch = new();
    private readonly PendingDelta pending = new();
    private readonly Utf8JsonWriter json = new(Stream.Null, new JsonWriterOptions { Encoder = ReadableEncoder.Instance });
    private readonly long after;
    private IBufferWriter<byte>? output;
    private long start;
    private long sequence;
    private int frame;

    /// <summary>Begins.</summary>
    /// <param name="after">The number of the last frame that the reader has seen.</param>
    public ResponseFrames(long after) => this.after = after;

    /// <summary>Goes to an event's frames.</summary>
    /// <param name="at">The event's sequence.</param>
    /// <param name="first">The number of the first one within the event.</param>
    public void At(long at, int first = 0) => (sequence, frame) = (at, first);

    /// <summary>Goes to the frames of the event with which the reply starts.</summary>
    public void Start(long at) => (start, sequence, frame) = (at, at, 0);

    /// <summary>Where to write; null for nowhere.</summary>
    public void WriteTo(IBufferWriter<byte>? where)
    {
        if (where is null && output is not null)
        {
            pending.WriteTo(output);
        }

        output = where;
    }

    /// <summary>Writes the response as it is.</summary>
    public void Lifecycle(ReadOnlySpan<byte> type, Func<ResponseView> view)
    {
        if (Begin(type))
        {
            json.WritePropertyName("response"u8);
            JsonSerializer.Serialize(json, view(), ResponsesJson.Default.ResponseView);
            End(type);
        }
    }

    /// <summary>Writes an item as it is.</summary>
    public void Item(ReadOnlySpan<byte> type, int index, ItemView item)
    {
        if (Begin(type))
        {
            json.WriteNumber("output_index"u8, index);
            json.WritePropertyName("item"u8);
            JsonSerializer.Serialize(json, item, ResponsesJson.Default.ItemView);
            End(type);
        }
    }

    /// <summary>Writes a part as it is.</summary>
    public void Part(ReadOnlySpan<byte> type, in PartPlace place, ContentView part)
    {
        if (Begin(type))
        {
            place.WriteTo(json);
            json.WritePropertyName("part"u8);
            JsonSerializer.Serialize(json, part, ResponsesJson.Default.ContentView);
            End(type);
        }
    }

    /// <summary>Writes the whole text of something.</summary>
    /// <param name="type">The frame's type.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="property">The text's name.</param>
    /// <param name="text">The text.</param>
    /// <param name="name">The name of the function that is called; null elsewhere.</param>
    public void Text(ReadOnlySpan<byte> type, in PartPlace place, ReadOnlySpan<byte> property, string text, string? name = null)
    {
        if (Begin(type))
        {
            place.WriteTo(json);
            if (name is not null)
            {
                json.WriteString("name"u8, name);
            }

            json.WriteString(property, text);
            if (place.HasLogprobs)
            {
                json.WriteStartArray("logprobs"u8);
                json.WriteEndArray();
            }

            End(type);
        }
    }

    /// <summary>Writes a piece of text, or a run of pieces.</summary>
    public void Delta(string type, in PartPlace place, EventLine line)
    {
        var first = ResponseSequence.NumberOf(start, sequence, frame);
        var last = line.Last == line.First ? first : ResponseSequence.NumberOf(start, line.Last, 0);
        (sequence, frame) = (line.Last, line.Last == line.First ? frame + 1 : 1);
        if (output is null || last <= after)
        {
            return;
        }

        if (!pending.Takes(type, place))
        {
            pending.WriteTo(output);
        }

        if (first > after)
        {
            pending.Add(type, place, last, line.EscapedText);
            return;
        }

        var pieces = DeltaRun.Split(line);
        while (pieces.MoveNext())
        {
            // The first piece of a run may have others of its event before it.
            var number = pieces.Sequence == line.First ? first : ResponseSequence.NumberOf(start, pieces.Sequence, 0);
            if (number > after)
            {
                pending.Add(type, place, number, pieces.EscapedText);
            }
        }
    }

    /// <summary>Writes an error that is in no journal, after everything else.</summary>
    public void Error(string code, string message)
    {
        frame = ResponseSequence.FramesPerEvent - 1;
        if (Begin("error"u8))
        {
            json.WriteString("code"u8, code);
            json.WriteString("message"u8, message);
            json.WriteNull("param"u8);

            // The published form of the event is flat; clients look for the error of other endpoints.
            json.WriteStartObject("error"u8);
            json.WriteString("message"u8, message);
            json.WriteString("type"u8, "server_error"u8);
            json.WriteNull("param"u8);
            json.WriteString("code"u8, code);
            json.WriteEndObject();
            End("error"u8);
        }
    }

    private bool Begin(ReadOnlySpan<byte> type)
    {
        var number = ResponseSequence.NumberOf(start, sequence, frame++);
        if (output is null || number <= after)
        {
            return false;
        }

        pending.WriteTo(output);
        scratch.ResetWrittenCount();
        json.Reset(scratch);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        json.WriteNumber("sequence_number"u8, number);
        return true;
    }

    private void End(ReadOnlySpan<byte> type)
    {
        json.WriteEndObject();
        json.Flush();
        SseFrames.WriteEvent(output!, type);
        SseFrames.WriteData(output!, scratch.WrittenSpan);
    }
}
