using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Storage.Files;

namespace OrleansChat.Silo.Tests.Storage.Files;

/// <summary>A data directory that goes with the test.</summary>
internal sealed class TestDirectory : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("orleanschat-").FullName;

    public StorePaths Paths => new(Path);

    public FilesConversationStore Open(
        Durability durability = Durability.Process,
        int openConversations = 4096,
        ILogger<FilesConversationStore>? logger = null) => new(
        Options.Create(new FilesStoreOptions { Path = Path, Durability = durability, OpenConversations = openConversations }),
        logger ?? NullLogger<FilesConversationStore>.Instance);

    public string Main(ConversationKey key) => Paths.Main(key);

    public string Live(ConversationKey key) => Paths.Live(key);

    public bool IsMarked(ConversationKey key) => Markers().Contains($"{key.Owner}~{key.Id}");

    public IEnumerable<string?> Markers() => Directory.EnumerateFiles(Paths.Unfinished).Select(System.IO.Path.GetFileName);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
