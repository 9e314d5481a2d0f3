using System.Collections.Concurrent;
using Orleans.Streams;

namespace Orleans.StandIn.Streams;

/// <summary>The observers of one activation, or of one host's code that is no grain, by subscription.</summary>
internal sealed class StreamObservers
{
    private readonly ConcurrentDictionary<Guid, Observer> observers = [];

    public void Set(Guid subscription, Observer observer) => observers[subscription] = observer;

    public void Remove(Guid subscription) => observers.TryRemove(subscription, out _);

    /// <summary>Hands an item to the subscription's observer; false when there is none.</summary>
    public async Task<bool> TryDeliverAsync(Guid subscription, object? item, StreamSequenceToken token)
    {
        if (!observers.TryGetValue(subscription, out var observer))
        {
            return false;
        }

        await observer.NextAsync(item, token);
        return true;
    }
}

/// <summary>An observer whose items' type is forgotten.</summary>
internal abstract class Observer
{
    public abstract Task NextAsync(object? item, StreamSequenceToken token);
}

/// <inheritdoc />
internal sealed class Observer<T>(IAsyncObserver<T> observer) : Observer
{
    public override Task NextAsync(object? item, StreamSequenceToken token) => observer.OnNextAsync((T)item!, token);
}
