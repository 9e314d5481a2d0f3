using System.Buffers;
using System.Text.Json;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>
/// Numbers the chunks of a stream, from 0, and writes those that the client does not have. The last chunk of an event carries the
/// event's sequence as its id, so that who comes back with an id gets whole events.
/// </summary>
/// <param name="skip">How many chunks the client has.</param>
/// <param name="seen">The sequence up to which it has the chunks of all events.</param>
internal sealed class ChunkFrames(long skip, long seen)
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = ReadableEncoder.Instance };

    private readonly ArrayBufferWriter<byte> chunks = new();
    private readonly List<int> ends = [];

    /// <summary>How many chunks there are up to the last event, written or not.</summary>
    public long Count { get; private set; }

    /// <summary>The number of the next chunk.</summary>
    public long Next => Count + ends.Count;

    /// <summary>Adds a chunk to the event.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="properties">What else it says, all of it text.</param>
    public void Add(string type, params ReadOnlySpan<(string Name, string Value)> properties)
    {
        using (var json = Begin(type))
        {
            foreach (var (name, value) in properties)
            {
                json.WriteString(name, value);
            }

            json.WriteEndObject();
        }

        End();
    }

    /// <summary>Adds a chunk that says more than text.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="write">Writes its other properties.</param>
    public void Add(string type, Action<Utf8JsonWriter> write)
    {
        using (var json = Begin(type))
        {
            write(json);
            json.WriteEndObject();
        }

        End();
    }

    /// <summary>Adds a piece of text, or of a call's input, which is most of what a stream consists of.</summary>
    /// <param name="head">The chunk up to the piece.</param>
    /// <param name="escaped">The piece, escaped as in JSON.</param>
    public void AddPiece(ReadOnlySpan<byte> head, ReadOnlySpan<byte> escaped)
    {
        chunks.Write(head);
        chunks.Write(escaped);
        chunks.Write("\"}"u8);
        End();
    }

    /// <summary>Has an event's chunks counted, and written unless the client has them.</summary>
    public void Flush(long sequence, IBufferWriter<byte> output)
    {
        var start = 0;
        for (var i = 0; i < ends.Count; i++)
        {
            if (Count++ >= skip && sequence > seen)
            {
                if (i == ends.Count - 1)
                {
                    SseFrames.WriteId(output, sequence);
                }

                SseFrames.WriteData(output, chunks.WrittenSpan[start..ends[i]]);
            }

            start = ends[i];
        }

        chunks.ResetWrittenCount();
        ends.Clear();
    }

    /// <summary>Writes a chunk that belongs to no event, and has no number.</summary>
    public static void WriteUnnumbered(IBufferWriter<byte> output, string type, params ReadOnlySpan<(string Name, string Value)> properties)
    {
        var frames = new ChunkFrames(0, 0);
        frames.Add(type, properties);
        SseFrames.WriteData(output, frames.chunks.WrittenSpan);
    }

    /// <summary>Counts on from a chunk, because those after it are void.</summary>
    public void CountFrom(long count) => Count = count;

    private Utf8JsonWriter Begin(string type)
    {
        var json = new Utf8JsonWriter(chunks, Readable);
        json.WriteStartObject();
        json.WriteString("type"u8, type);
        return json;
    }

    private void End() => ends.Add(chunks.WrittenCount);
}
