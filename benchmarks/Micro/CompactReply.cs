using System.Text;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OrleansChat.Events;
using OrleansChat.Journal;

namespace OrleansChat.Micro;

/// <summary>Makes one record of a reply's deltas.</summary>
public class CompactReply
{
    private EventBlock block = null!;

    [Params(1_000)]
    public int Deltas { get; set; }

    [GlobalSetup]
    public void Prepare() => block = Reply.Block(Deltas);

    [Benchmark(Baseline = true, Description = "objects, JSON")]
    public int Plain()
    {
        var (text, lengths) = (new StringBuilder(), new List<int>());
        foreach (var line in block)
        {
            var delta = (ReplyDelta)line.Parse();
            text.Append(delta.Text);
            lengths.Add(delta.Text.Length);
        }

        return JsonSerializer.SerializeToUtf8Bytes(new { type = "reply.deltas", sequence = block.Last, message = Reply.Id, lengths, text = text.ToString() }).Length;
    }

    [Benchmark(Description = "ReplyCompaction")]
    public int Product() => ReplyCompaction.Compact(block).Lines.Length;
}
