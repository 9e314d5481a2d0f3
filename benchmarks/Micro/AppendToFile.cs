using BenchmarkDotNet.Attributes;
using OrleansChat.Events;
using OrleansChat.Storage.Files;

namespace OrleansChat.Micro;

/// <summary>Appends a block to a journal's file, as it outlives the process but no power cut.</summary>
public class AppendToFile
{
    private readonly string folder = Directory.CreateTempSubdirectory("orleanschat-micro-").FullName;
    private EventBlock block = null!;
    private JournalFile file = null!;

    [Params(1, 16)]
    public int Deltas { get; set; }

    private string Other => Path.Combine(folder, "plain.jsonl");

    [GlobalSetup]
    public void Prepare()
    {
        block = Reply.Block(Deltas);
        file = JournalFile.Create(Path.Combine(folder, "journal.jsonl"), FileMode.Create, new Disk(Durability.Process), block);
    }

    [GlobalCleanup]
    public void CleanUp()
    {
        file.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Benchmark(Baseline = true, Description = "File.AppendAllBytes")]
    public void Plain() => File.AppendAllBytes(Other, block.Lines.Span);

    [Benchmark(Description = "JournalFile")]
    public void Product() => file.Append(block);
}
