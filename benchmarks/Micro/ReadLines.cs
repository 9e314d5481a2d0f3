using System.Text.Json;
using BenchmarkDotNet.Attributes;
using OrleansChat.Events;

namespace OrleansChat.Micro;

/// <summary>Finds type, sequence and text of each line of a block.</summary>
public class ReadLines
{
    private EventBlock block = null!;

    [Params(1, 16)]
    public int Deltas { get; set; }

    [GlobalSetup]
    public void Prepare() => block = Reply.Block(Deltas);

    [Benchmark(Baseline = true, Description = "JsonDocument")]
    public long Plain()
    {
        var sum = 0L;
        for (var rest = block.Lines; rest.Length > 0;)
        {
            var end = rest.Span.IndexOf((byte)'\n');
            using var line = JsonDocument.Parse(rest[..end]);
            sum += line.RootElement.GetProperty("sequence").GetInt64() + line.RootElement.GetProperty("text").GetString()!.Length;
            rest = rest[(end + 1)..];
        }

        return sum;
    }

    [Benchmark(Description = "EventLine")]
    public long Product()
    {
        var sum = 0L;
        foreach (var line in block)
        {
            sum += line.Last + line.EscapedText.Length;
        }

        return sum;
    }
}
