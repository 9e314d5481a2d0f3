using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using OrleansChat.Dialects.Html.Blocks;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.Html.Events;

/// <summary>Writes this dialect's own events. One with a sequence is a cursor: whoever has it has all before it.</summary>
internal sealed class HtmlFrames
{
    // HTML in JSON in an event stream: nothing in it means anything to JSON or to lines but what the encoder escapes.
    private static readonly JsonWriterOptions Options = new() { Encoder = ReadableEncoder.Instance };

    private readonly ArrayBufferWriter<byte> data = new();

    /// <summary>A block that is finished.</summary>
    public void Block(IBufferWriter<byte> output, long? sequence, string message, int index, string html) =>
        Write(output, "block"u8, sequence, json =>
        {
            Place(json, message, index);
            json.WriteString("html"u8, html);
        });

    /// <summary>What is not finished yet. (Not <c>open</c>, which in an EventSource is the connection's own event.)</summary>
    public void Open(IBufferWriter<byte> output, long sequence, string message, int index, OpenChange change) =>
        Write(output, change.Code is null ? "growing"u8 : "append"u8, sequence, json =>
        {
            Place(json, message, index);
            if (change.Code is { } code)
            {
                json.WriteString("text"u8, code);
            }
            else
            {
                json.WriteNumber("keep"u8, change.Keep);
                json.WriteString("html"u8, change.Html);
            }
        });

    /// <summary>A piece of what is not rendered.</summary>
    public void Piece(IBufferWriter<byte> output, long sequence, string message, ReplyPiece piece)
    {
        var name = piece.Kind switch
        {
            PieceKind.Reasoning => "reasoning"u8,
            PieceKind.Refusal => "refusal"u8,
            _ => "tool"u8,
        };
        Write(output, name, sequence, json =>
        {
            json.WriteString("message"u8, message);
            if (piece.Call is { } call)
            {
                json.WriteNumber("index"u8, call.Index);
                json.WriteString("id"u8, call.Id);
                json.WriteString("name"u8, call.Name);
            }

            json.WriteNumber("offset"u8, piece.Offset);
            json.WriteString("text"u8, piece.Text);
        });
    }

    /// <summary>What is an object of its own.</summary>
    public void Whole<T>(IBufferWriter<byte> output, ReadOnlySpan<byte> name, long sequence, T value, JsonTypeInfo<T> type) =>
        Write(output, name, sequence, json => JsonSerializer.Serialize(json, value, type), isObject: false);

    private static void Place(Utf8JsonWriter json, string message, int index)
    {
        json.WriteString("message"u8, message);
        json.WriteNumber("index"u8, index);
    }

    private void Write(IBufferWriter<byte> output, ReadOnlySpan<byte> name, long? sequence, Action<Utf8JsonWriter> write, bool isObject = true)
    {
        data.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(data, Options))
        {
            if (isObject)
            {
                json.WriteStartObject();
            }

            write(json);
            if (isObject)
            {
                json.WriteEndObject();
            }
        }

        if (sequence is { } id)
        {
            SseFrames.WriteFrame(output, id, name, data.WrittenSpan);
        }
        else
        {
            SseFrames.WriteEvent(output, name);
            SseFrames.WriteData(output, data.WrittenSpan);
        }
    }
}
