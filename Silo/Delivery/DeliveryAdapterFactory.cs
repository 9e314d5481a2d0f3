using Orleans.Streams;

namespace OrleansChat.Delivery;

/// <summary>The parts of the stream provider that delivery travels by.</summary>
/// <param name="adapter">Where what is published goes.</param>
internal sealed class DeliveryAdapterFactory(IQueueAdapter adapter) : IQueueAdapterFactory, IQueueAdapterCache
{
    /// <inheritdoc />
    public Task<IQueueAdapter> CreateAdapter() => Task.FromResult(adapter);

    /// <inheritdoc />
    public IQueueAdapterCache GetQueueAdapterCache() => this;

    /// <inheritdoc />
    public IQueueCache CreateQueueCache(QueueId queueId) => new DeliveryCache();

    /// <inheritdoc />
    public IStreamQueueMapper GetStreamQueueMapper() => OwnQueue.Mapper;

    /// <inheritdoc />
    public Task<IStreamFailureHandler> GetDeliveryFailureHandler(QueueId queueId) =>
        Task.FromResult<IStreamFailureHandler>(new NoOpStreamDeliveryFailureHandler());
}
