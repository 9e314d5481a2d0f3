using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files;

/// <summary>
/// The ids of an owner's conversations in order, read from the owner's folders when they are first asked for. The transient ones are found, and
/// not listed.
/// </summary>
/// <param name="folder">The folder of what is listed.</param>
/// <param name="transientFolder">The folder of what is not.</param>
internal sealed class OwnerCatalog(string folder, string transientFolder) : IDisposable
{
    private static readonly Comparer<ConversationId> Ordinal =
        Comparer<ConversationId>.Create((x, y) => string.CompareOrdinal(x.Value, y.Value));

    private readonly Lock gate = new();
    private SortedSet<ConversationId>? ids;

    // All of them, the transient ones too: every request that can be repeated asks for one, and there may be a hundred thousand.
    private Dictionary<string, ConversationId>? byTail;

    /// <summary>The newest ids before one, newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="before">Only ids older than this; null for all.</param>
    public ConversationId[] Newest(int limit, ConversationId? before)
    {
        lock (gate)
        {
            ids ??= new SortedSet<ConversationId>(ReadFolder(folder), Ordinal);

            // The default id has no text and comes before every other.
            var candidates = before is { } bound ? ids.GetViewBetween(default, bound) : ids;
            return [.. candidates.Reverse().SkipWhile(id => id == before).Take(limit)];
        }
    }

    /// <summary>The nearest ids after one, newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="after">Only ids newer than this.</param>
    public ConversationId[] Newer(int limit, ConversationId after)
    {
        lock (gate)
        {
            ids ??= new SortedSet<ConversationId>(ReadFolder(folder), Ordinal);
            return ids.Count == 0 || Ordinal.Compare(after, ids.Max) >= 0
                ? []
                : [.. ids.GetViewBetween(after, ids.Max).SkipWhile(id => id == after).Take(limit).Reverse()];
        }
    }

    /// <summary>The id that ends like this; null when there is none.</summary>
    public ConversationId? Find(string tail)
    {
        lock (gate)
        {
            byTail ??= ReadTails();
            return byTail.TryGetValue(tail, out var id) ? id : null;
        }
    }

    /// <summary>Notes a conversation that was created.</summary>
    public void Add(ConversationId id, bool isTransient)
    {
        lock (gate)
        {
            if (!isTransient)
            {
                ids?.Add(id);
            }

            byTail?.TryAdd(id.Tail, id);
        }
    }

    /// <summary>Forgets a conversation that is gone.</summary>
    public void Remove(ConversationId id)
    {
        lock (gate)
        {
            ids?.Remove(id);
            if (byTail?.GetValueOrDefault(id.Tail) == id)
            {
                byTail.Remove(id.Tail);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => (ids, byTail) = (null, null);

    private Dictionary<string, ConversationId> ReadTails()
    {
        var tails = new Dictionary<string, ConversationId>(StringComparer.Ordinal);
        foreach (var id in ReadFolder(folder).Concat(ReadFolder(transientFolder)))
        {
            tails.TryAdd(id.Tail, id);
        }

        return tails;
    }

    private static IEnumerable<ConversationId> ReadFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            yield break;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*" + StorePaths.MainSuffix))
        {
            if (ConversationId.TryParse(Path.GetFileName(path)[..^StorePaths.MainSuffix.Length], out var id))
            {
                yield return id;
            }
        }
    }
}
