using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OrleansChat.Events;

namespace OrleansChat.Micro;

/// <summary>Makes the JSON Lines of an append.</summary>
public class SerializeDeltas
{
    private readonly EventBlockBuilder builder = new();
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
