namespace Orleans.Streams;

/// <summary>A subscription, to end it or, in a grain's next activation, to take it up again.</summary>
public abstract class StreamSubscriptionHandle<T>
{
    /// <summary>The stream.</summary>
    public abstract StreamId StreamId { get; }

    /// <summary>The name of the stream's provider.</summary>
    public abstract string ProviderName { get; }

    /// <summary>Names the subscription.</summary>
    public abstract Guid HandleId { get; }

    /// <summary>Ends the subscription, and this handle with it.</summary>
    public abstract Task UnsubscribeAsync();

    /// <summary>Has an observer take the subscription's items from now on. The new handle replaces this one.</summary>
    public abstract Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null);
}
