using Orleans.StandIn.Activations;
using Orleans.StandIn.Copying;
using Orleans.StandIn.Hosting;
using Orleans.Streams;

namespace Orleans.StandIn.Streams;

/// <summary>A stream provider as one host sees it.</summary>
/// <param name="name">Its name.</param>
/// <param name="silo">The silo, where the streams are.</param>
/// <param name="client">Stands for this host's code that is no grain.</param>
internal sealed class MemoryStreamProvider(string name, Func<LocalSilo> silo, StreamClient client) : IStreamProvider
{
    public string Name => name;

    public bool IsRewindable => false;

    /// <summary>Who subscribes in the code that asks: a grain, or else the host.</summary>
    public StreamConsumer Consumer => Activation.Current is { } activation ? new StreamConsumer(activation.GrainId, null) : new StreamConsumer(null, client);

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new MemoryStream<T>(this, streamId);

    public StreamQueue Queue(StreamId streamId) => silo().Streams.Queue(name, streamId);
}

/// <summary>A stream as one host sees it.</summary>
internal sealed class MemoryStream<T>(MemoryStreamProvider provider, StreamId id) : IAsyncStream<T>
{
    public string ProviderName => provider.Name;

    public StreamId StreamId => id;

    public MemoryStreamProvider Provider => provider;

    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        provider.Queue(id).Add(DeepCopier.Copy<object?>(item));
        return Task.CompletedTask;
    }

    public Task OnErrorAsync(Exception ex) => throw new NotSupportedException("Memory streams carry items only, as Orleans' do.");

    public Task OnCompletedAsync() => throw new NotSupportedException("Memory streams carry items only, as Orleans' do.");

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer)
    {
        var subscription = provider.Queue(id).Subscribe(provider.Consumer);
        return Task.FromResult<StreamSubscriptionHandle<T>>(new SubscriptionHandle<T>(this, subscription).Observe(observer));
    }

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles() =>
        Task.FromResult<IList<StreamSubscriptionHandle<T>>>(
            [.. provider.Queue(id).SubscriptionsOf(provider.Consumer).Select(subscription => new SubscriptionHandle<T>(this, subscription))]);
}
