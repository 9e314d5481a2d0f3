using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Journal;

namespace OrleansChat.Storage.Files;

/// <summary>Finds conversations whose files have not changed for a while, folder by folder; only what seems idle is opened.</summary>
/// <param name="paths">Where they are.</param>
/// <param name="transient">Whether to look at the transient ones, or at the others.</param>
/// <param name="settle">Opens one, moves what the log has of it to its file, and tells whether that was anything; null where a reply runs.</param>
internal sealed class IdleScan(StorePaths paths, bool transient, Func<ConversationKey, (Conversation Summary, bool WasLive)?> settle)
{
    private const int Batch = 1_000;

    private static readonly Comparer<string> Descending = Comparer<string>.Create((one, other) => string.CompareOrdinal(other, one));

    /// <summary>Looks at the next files; see <see cref="IConversationStore.FindIdleAsync"/>.</summary>
    public IdlePage Run(TimeSpan idleFor, string? cursor, CancellationToken cancellationToken)
    {
        // The file system's times are those of the machine's clock.
        var latest = DateTime.UtcNow - idleFor;
        // For what only the log had until now. Others may have written to it since; then it is for a later scan, by its own file's time.
        var logWrite = Directory.EnumerateFiles(paths.Live).Select(File.GetLastWriteTimeUtc).DefaultIfEmpty().Max();
        var found = ImmutableArray.CreateBuilder<IdleConversation>();
        var room = Batch;
        foreach (var (folder, owner) in FoldersFrom(cursor))
        {
            var (quiet, hasMore) = Quiet(folder, cursor, latest, room, cancellationToken);
            foreach (var place in quiet)
            {
                cancellationToken.ThrowIfCancellationRequested();
                cursor = place;
                if (KeyOf(owner, place) is { } key
                    && settle(key) is var (summary, wasLive)
                    && (wasLive ? logWrite : File.GetLastWriteTimeUtc(paths.Main(key, transient))) <= latest)
                {
                    found.Add(new IdleConversation(key, summary.Sequence));
                }
            }

            room -= quiet.Count;
            if (hasMore)
            {
                return new IdlePage(found.DrainToImmutable(), cursor);
            }
        }

        return new IdlePage(found.DrainToImmutable(), Next: null);
    }

    private IEnumerable<(string Path, OwnerId Owner)> FoldersFrom(string? cursor)
    {
        var first = cursor?[..cursor.IndexOf('/', StringComparison.Ordinal)];
        foreach (var folder in Directory.EnumerateDirectories(transient ? paths.Transient : paths.Conversations).Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(folder);
            if (OwnerFolder.TryParse(name, out var owner) && string.CompareOrdinal(name, first) >= 0)
            {
                yield return (folder, owner);
            }
        }
    }

    // The next places of a folder, in order, of files that have not changed lately. Only as many as are wanted are put into order:
    // a folder may hold a hundred thousand, and most of them are not idle.
    private static (List<string> Places, bool HasMore) Quiet(
        string folder, string? cursor, DateTime latest, int room, CancellationToken cancellationToken)
    {
        var next = new PriorityQueue<string, string>(Descending);
        var hasMore = false;
        foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*" + StorePaths.MainSuffix))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var place = $"{Path.GetFileName(folder)}/{file.Name}";
            if (string.CompareOrdinal(place, cursor) <= 0 || file.LastWriteTimeUtc > latest)
            {
                continue;
            }

            next.Enqueue(place, place);
            if (next.Count > room)
            {
                next.Dequeue();
                hasMore = true;
            }
        }

        var places = new List<string>(next.Count);
        while (next.TryDequeue(out var place, out _))
        {
            places.Add(place);
        }

        places.Reverse();
        return (places, hasMore);
    }

    private static ConversationKey? KeyOf(OwnerId owner, string place) =>
        ConversationId.TryParse(place[(place.IndexOf('/', StringComparison.Ordinal) + 1)..^StorePaths.MainSuffix.Length], out var id)
            ? new ConversationKey(owner, id)
            : null;
}
