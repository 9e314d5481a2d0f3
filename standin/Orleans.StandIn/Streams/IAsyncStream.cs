namespace Orleans.Streams;

/// <summary>Gives out streams.</summary>
public interface IStreamProvider
{
    /// <summary>The name under which it was added.</summary>
    string Name { get; }

    /// <summary>Whether subscriptions may start in the past. Never so in the stand-in.</summary>
    bool IsRewindable { get; }

    /// <summary>A stream; nothing is created by asking for it.</summary>
    IAsyncStream<T> GetStream<T>(StreamId streamId);
}

/// <summary>A stream of items.</summary>
public interface IAsyncStream<T> : IAsyncObservable<T>, IAsyncObserver<T>
{
    /// <summary>The name of its provider.</summary>
    string ProviderName { get; }

    /// <summary>Its name.</summary>
    StreamId StreamId { get; }

    /// <summary>The subscriptions that the caller, a grain or a client, has to this stream.</summary>
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}

/// <summary>Something that can be subscribed to.</summary>
public interface IAsyncObservable<T>
{
    /// <summary>Subscribes. The subscription stays until it is unsubscribed; a grain's outlives its activation.</summary>
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer);
}

/// <summary>Something that takes items.</summary>
public interface IAsyncObserver<in T>
{
    /// <summary>Takes an item. To a stream: returns when the item is accepted, before it is delivered.</summary>
    Task OnNextAsync(T item, StreamSequenceToken? token = null);

    /// <summary>No items follow.</summary>
    Task OnCompletedAsync() => Task.CompletedTask;

    /// <summary>An item could not be delivered.</summary>
    Task OnErrorAsync(Exception ex);
}
