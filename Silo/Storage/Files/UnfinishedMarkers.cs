using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files;

/// <summary>
/// An empty file per conversation in which a reply may be running, made before the reply starts and removed after it ended.
/// One that is left over is harmless: whoever finds it looks into the journal.
/// </summary>
internal sealed class UnfinishedMarkers(StorePaths paths, Disk disk, ILogger logger)
{
    // In no conversation id, so the last one in a name is the separator.
    private const char Separator = '~';

    /// <summary>Marks a conversation.</summary>
    public void Add(ConversationKey key)
    {
        JournalFile.Open(PathOf(key), FileMode.OpenOrCreate).Dispose();
        disk.FlushDirectory(paths.Unfinished);
    }

    /// <summary>Removes the mark, if there is one.</summary>
    public void Remove(ConversationKey key)
    {
        if (Disk.TryDelete(PathOf(key)) is { } failure)
        {
            logger.MarkerRemains(failure, PathOf(key));
        }
    }

    /// <summary>The conversations that are marked.</summary>
    public IEnumerable<ConversationKey> List()
    {
        foreach (var path in Directory.EnumerateFiles(paths.Unfinished))
        {
            var name = Path.GetFileName(path);
            var separator = name.LastIndexOf(Separator);
            if (separator > 0
                && OwnerFolder.TryParse(name[..separator], out var owner)
                && ConversationId.TryParse(name[(separator + 1)..], out var id))
            {
                yield return new ConversationKey(owner, id);
            }
        }
    }

    private string PathOf(ConversationKey key) =>
        Path.Combine(paths.Unfinished, $"{OwnerFolder.NameOf(key.Owner)}{Separator}{key.Id.Value}");
}
