using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Journal;

namespace OrleansChat.Storage.Files;

/// <summary>Finds conversations whose files have not changed for a while, folder by folder; only what seems idle is opened.</summary>
/// <param name="paths">Where they are.</param>
/// <param name="settle">Opens one, moves what the log has of it to its file, and tells whether that was anything; null where a reply runs.</param>
internal sealed class IdleScan(StorePaths paths, Func<ConversationKey, (Conversation Summary, bool WasLive)?> settle)
{
    private const int Batch = 1_000;

    /// <summary>Looks at the next files; see <see cref="IConversationStore.FindIdleAsync"/>.</summary>
    public IdlePage Run(TimeSpan idleFor, string? cursor, CancellationToken cancellationToken)
    {
        // The file system's times are those of the machine's clock.
        var latest = DateTime.UtcNow - idleFor;
        // For what only the log had until now. Others may have written to it since; then it is for a later scan, by its own file's time.
        var logWrite = Directory.EnumerateFiles(paths.Live).Select(File.GetLastWriteTimeUtc).DefaultIfEmpty().Max();
        var found = ImmutableArray.CreateBuilder<IdleConversation>();
        var count = 0;
        foreach (var (key, place) in After(cursor))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (count++ == Batch)
            {
                return new IdlePage(found.DrainToImmutable(), cursor);
            }

            cursor = place;
            if (LastWrite(key) <= latest
                && settle(key) is var (summary, wasLive)
                && (wasLive ? logWrite <= latest : LastWrite(key) <= latest))
            {
                found.Add(new IdleConversation(key, summary.Sequence));
            }
        }

        return new IdlePage(found.DrainToImmutable(), Next: null);
    }

    private IEnumerable<(ConversationKey Key, string Place)> After(string? cursor)
    {
        foreach (var folder in Directory.EnumerateDirectories(paths.Conversations).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            if (!OwnerFolder.TryParse(name, out var owner)
                || (cursor is not null && string.CompareOrdinal(name, cursor[..cursor.IndexOf('/', StringComparison.Ordinal)]) < 0))
            {
                continue;
            }

            foreach (var path in Directory.EnumerateFiles(folder, "*" + StorePaths.MainSuffix).Order(StringComparer.Ordinal))
            {
                var place = $"{name}/{Path.GetFileName(path)}";
                if ((cursor is null || !cursor.StartsWith($"{name}/", StringComparison.Ordinal) || string.CompareOrdinal(place, cursor) > 0)
                    && ConversationId.TryParse(Path.GetFileName(path)[..^StorePaths.MainSuffix.Length], out var id))
                {
                    yield return (new ConversationKey(owner, id), place);
                }
            }
        }
    }

    private DateTime LastWrite(ConversationKey key) => File.GetLastWriteTimeUtc(paths.Main(key));
}
