using OrleansChat.Conversations;

namespace OrleansChat.Storage.Files;

/// <summary>The catalogs of the owners who lately asked for a list.</summary>
internal sealed class OwnerCatalogs(StorePaths paths) : IDisposable
{
    // Reading a folder again is cheap, and an id takes about 150 bytes: a hundred owners with ten thousand conversations take 150 MB.
    private const int Kept = 256;

    private readonly LeaseCache<OwnerId, OwnerCatalog> catalogs = new(Kept, owner => new OwnerCatalog(paths.Owner(owner), paths.Owner(owner, transient: true)));

    /// <summary>The newest of an owner's ids before one, newest first.</summary>
    public ConversationId[] Newest(OwnerId owner, int limit, ConversationId? before)
    {
        using var catalog = catalogs.Rent(owner);
        return catalog.Value.Newest(limit, before);
    }

    /// <summary>The nearest of an owner's ids after one, newest first.</summary>
    public ConversationId[] Newer(OwnerId owner, int limit, ConversationId after)
    {
        using var catalog = catalogs.Rent(owner);
        return catalog.Value.Newer(limit, after);
    }

    /// <summary>The owner's id that ends like this, transient or not; null when there is none.</summary>
    public ConversationId? Find(OwnerId owner, string tail)
    {
        using var catalog = catalogs.Rent(owner);
        return catalog.Value.Find(tail);
    }

    /// <summary>Notes a conversation that was created.</summary>
    public void Add(ConversationKey key, bool transient)
    {
        if (catalogs.TryRent(key.Owner, out var catalog))
        {
            using (catalog)
            {
                catalog.Value.Add(key.Id, transient);
            }
        }
    }

    /// <summary>Forgets a conversation that is gone.</summary>
    public void Remove(ConversationKey key)
    {
        if (catalogs.TryRent(key.Owner, out var catalog))
        {
            using (catalog)
            {
                catalog.Value.Remove(key.Id);
            }
        }
    }

    /// <inheritdoc />
    public void Dispose() => catalogs.Dispose();
}
