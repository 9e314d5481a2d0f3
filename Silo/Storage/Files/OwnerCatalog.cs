using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files;

/// <summary>The ids of an owner's conversations in order, read from the owner's folder when they are first asked for.</summary>
internal sealed class OwnerCatalog(string folder) : IDisposable
{
    private static readonly Comparer<ConversationId> Ordinal =
        Comparer<ConversationId>.Create((x, y) => string.CompareOrdinal(x.Value, y.Value));

    private readonly Lock gate = new();
    private SortedSet<ConversationId>? ids;

    /// <summary>The newest ids before one, newest first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="before">Only ids older than this; null for all.</param>
    public ConversationId[] Newest(int limit, ConversationId? before)
    {
        lock (gate)
        {
            ids ??= ReadFolder();

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
            ids ??= ReadFolder();
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
            ids ??= ReadFolder();
            foreach (var id in ids)
            {
                if (id.Value.EndsWith(tail, StringComparison.Ordinal))
                {
                    return id;
                }
            }

            return null;
        }
    }

    /// <summary>Notes a conversation that was created.</summary>
    public void Add(ConversationId id)
    {
        lock (gate)
        {
            ids?.Add(id);
        }
    }

    /// <summary>Forgets a conversation that is gone.</summary>
    public void Remove(ConversationId id)
    {
        lock (gate)
        {
            ids?.Remove(id);
        }
    }

    /// <inheritdoc />
    public void Dispose() => ids = null;

    private SortedSet<ConversationId> ReadFolder()
    {
        var found = new SortedSet<ConversationId>(Ordinal);
        if (!Directory.Exists(folder))
        {
            return found;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*" + StorePaths.MainSuffix))
        {
            if (ConversationId.TryParse(Path.GetFileName(path)[..^StorePaths.MainSuffix.Length], out var id))
            {
                found.Add(id);
            }
        }

        return found;
    }
}
