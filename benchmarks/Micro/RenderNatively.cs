using System.Buffers;
using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OrleansChat.Dialects.Native;
using OrleansChat.Events;

namespace OrleansChat.Micro;

/// <summary>Writes a block to a reader as server-sent events, neighbouring deltas merged.</summary>
public class RenderNatively
{
    private readonly NativeRenderer renderer = new(merge: true);
    private readonly ArrayBufferWriter<byte> output = new(16 * 1024);
    private EventBlock block = null!;

    [Params(1, 16)]
    public int Deltas { get; set; }

    [GlobalSetup]
    public void Prepare() => block = Reply.Block(Deltas);

    [Benchmark(Baseline = true, Description = "objects, JSON, strings")]
    public int Plain()
    {
        output.ResetWrittenCount();
        var (text, last) = (new StringBuilder(), 0L);
        foreach (var line in block)
        {
            var delta = (ReplyDelta)line.Parse();
            text.Append(delta.Text);
            last = delta.Sequence;
        }

        var json = JsonSerializer.Serialize(new ReplyDelta(Reply.Id, text.ToString()) { Sequence = last }, EventJson.Default.ConversationEvent);
        Encoding.UTF8.GetBytes($"id: {last}\nevent: reply.delta\ndata: {json}\n\n", output);
        return output.WrittenCount;
    }

    [Benchmark(Description = "NativeRenderer")]
    public int Product()
    {
        output.ResetWrittenCount();
        renderer.Render(block, output);
        return output.WrittenCount;
    }
}
