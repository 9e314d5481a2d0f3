using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Conversations;
using OrleansChat.Storage.Files;
using OrleansChat.Storage.Files.Live;

namespace OrleansChat.Silo.Tests.Storage.Files;

/// <summary>A data directory that goes with the test.</summary>
internal sealed class TestDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("orleanschat-").FullName;

    public StorePaths Paths => new(Path);

    public FilesConversationStore Open(
        Durability durability = Durability.Process,
        int openConversations = 4096,
        ILogger<FilesConversationStore>? logger = null,
        LiveLogOptions? log = null,
        TimeProvider? clock = null) => new(
        new FilesStoreOptions { Path = Path, Durability = durability, OpenConversations = openConversations },
        logger ?? NullLogger<FilesConversationStore>.Instance,
        log ?? new LiveLogOptions(),
        clock ?? TimeProvider.System);

    public string Main(ConversationKey key) => Paths.Main(key);

    /// <summary>Where a segment of the log is, or will be.</summary>
    public string Segment(int number) => System.IO.Path.Combine(Paths.Live, $"{number:D10}.jsonl");

    /// <summary>The files of the log, oldest first.</summary>
    public string[] Segments() => [.. Directory.EnumerateFiles(Paths.Live).Order(StringComparer.Ordinal)];

    /// <summary>The only file of the log.</summary>
    public string OnlySegment() => Assert.Single(Segments());

    /// <summary>All files.</summary>
    public Dictionary<string, byte[]> Read() =>
        Directory.EnumerateFiles(Path, "*", SearchOption.AllDirectories)
            .Where(file => file != Paths.Lock)
            .ToDictionary(file => file, File.ReadAllBytes);

    /// <summary>Has exactly these files again.</summary>
    public void Write(IReadOnlyDictionary<string, byte[]> image)
    {
        foreach (var file in Read().Keys.Where(file => !image.ContainsKey(file)))
        {
            File.Delete(file);
        }

        foreach (var (file, bytes) in image)
        {
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
