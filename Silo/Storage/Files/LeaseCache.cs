using System.Diagnostics.CodeAnalysis;

namespace OrleansChat.Storage.Files;

/// <summary>
/// A bounded number of objects by key, of which the one unused for longest goes first. An object that is rented is never
/// disposed of, so there is never a second one for the same key.
/// </summary>
/// <param name="capacity">How many there are at most, but for those that are rented or were parked.</param>
/// <param name="create">Makes the object of a key.</param>
/// <param name="tryPark">
/// Asked before an object goes: true for one that must not be made anew, because it will be needed soon, and that has just given up what there can
/// be only so many of. It stays, and does not count until it is rented again. Null where all may go.
/// </param>
internal sealed class LeaseCache<TKey, TValue>(int capacity, Func<TKey, TValue> create, Func<TValue, bool>? tryPark = null) : IDisposable
    where TKey : notnull
    where TValue : class, IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Entry> entries = [];
    private readonly LinkedList<Entry> idle = new();
    private int parked;
    private bool disposed;

    /// <summary>How many objects there are, but for those that were parked.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return entries.Count - parked;
            }
        }
    }

    /// <summary>Rents the object of a key, and makes it if need be. Whoever rents it disposes of the lease.</summary>
    public Lease Rent(TKey key)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (!entries.TryGetValue(key, out var entry))
            {
                entry = new Entry(key, create(key));
                entries.Add(key, entry);
            }

            return Take(entry);
        }
    }

    /// <summary>Rents the object of a key if there is one.</summary>
    public bool TryRent(TKey key, [MaybeNullWhen(false)] out Lease lease)
    {
        lock (gate)
        {
            lease = entries.TryGetValue(key, out var entry) ? Take(entry) : null;
            return lease is not null;
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        lock (gate)
        {
            disposed = true;
            idle.Clear();
            foreach (var entry in entries.Values)
            {
                entry.Value.Dispose();
            }

            entries.Clear();
        }
    }

    private Lease Take(Entry entry)
    {
        if (entry.IsParked)
        {
            entry.IsParked = false;
            parked--;
        }

        if (entry.Leases++ == 0 && entry.Place.List is not null)
        {
            idle.Remove(entry.Place);
        }

        return new Lease(this, entry);
    }

    private void Return(Entry entry)
    {
        lock (gate)
        {
            if (--entry.Leases > 0 || disposed)
            {
                return;
            }

            idle.AddLast(entry.Place);
            while (entries.Count - parked > capacity && idle.First is { } oldest)
            {
                idle.RemoveFirst();
                PutAway(oldest.Value);
            }
        }
    }

    private void PutAway(Entry entry)
    {
        if (tryPark?.Invoke(entry.Value) == true)
        {
            entry.IsParked = true;
            parked++;
        }
        else
        {
            entries.Remove(entry.Key);
            entry.Value.Dispose();
        }
    }

    /// <summary>The use of an object, until it is disposed of.</summary>
    internal sealed class Lease : IDisposable
    {
        private readonly LeaseCache<TKey, TValue> cache;
        private Entry? entry;

        internal Lease(LeaseCache<TKey, TValue> cache, Entry entry)
        {
            this.cache = cache;
            this.entry = entry;
        }

        /// <summary>The object.</summary>
        public TValue Value => (entry ?? throw new ObjectDisposedException(nameof(Lease))).Value;

        /// <inheritdoc />
        public void Dispose()
        {
            if (Interlocked.Exchange(ref entry, null) is { } rented)
            {
                cache.Return(rented);
            }
        }
    }

    internal sealed class Entry
    {
        public Entry(TKey key, TValue value)
        {
            Key = key;
            Value = value;
            Place = new LinkedListNode<Entry>(this);
        }

        public TKey Key { get; }

        public TValue Value { get; }

        public LinkedListNode<Entry> Place { get; }

        public int Leases { get; set; }

        public bool IsParked { get; set; }
    }
}
