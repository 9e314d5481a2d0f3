using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OrleansChat.Events;

namespace OrleansChat.Micro;

/// <summary>Makes the JSON Lines of an append.</summary>
public class SerializeDeltas
{
    private readonly EventBlockBuilder builder = new();
    private readonly ArrayBufferWriter<byte> before = new();
    private readonly Utf8JsonWriter writer = new(Stream.Null, new JsonWriterOptions { Encoder = ReadableEncoder.Instance });
    private ReplyDelta[] deltas = [];

    [Params(1, 16)]
    public int Deltas { get; set; }

    [GlobalSetup]
    public void Prepare() => deltas = Reply.Deltas(Deltas);

    [Benchmark(Baseline = true, Description = "JsonSerializer, generated")]
    public byte[] Plain()
    {
        var lines = new ArrayBufferWriter<byte>();
        foreach (var delta in deltas)
        {
            lines.Write(JsonSerializer.SerializeToUtf8Bytes(delta, EventJson.Default.ConversationEvent));
            lines.Write("\n"u8);
        }

        return lines.WrittenSpan.ToArray();
    }

    [Benchmark(Description = "Utf8JsonWriter, the design before")]
    public EventBlock Before()
    {
        before.ResetWrittenCount();
        foreach (var delta in deltas)
        {
            writer.Reset(before);
            writer.WriteStartObject();
            writer.WriteString("type"u8, "reply.delta"u8);
            writer.WriteNumber("sequence"u8, delta.Sequence);
            writer.WriteString("message"u8, delta.Message);
            writer.WriteString("text"u8, delta.Text);
            writer.WriteEndObject();
            writer.Flush();
            before.Write("\n"u8);
        }

        return new EventBlock(deltas[0].Sequence, deltas[^1].Sequence, before.WrittenSpan.ToArray());
    }

    [Benchmark(Description = "EventBlockBuilder")]
    public EventBlock Product()
    {
        foreach (var delta in deltas)
        {
            builder.Add(delta);
        }

        return builder.Build();
    }
}
