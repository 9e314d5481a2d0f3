using Orleans.Streams;

namespace OrleansChat.Delivery;

/// <summary>Every silo has one queue, its own, and never another's.</summary>
internal sealed class OwnQueue : IStreamQueueMapper, IStreamQueueBalancer
{
    private static readonly QueueId Id = QueueId.GetQueueId(DeliveryStream.Provider, 0, 0);

    /// <summary>Maps every stream to it.</summary>
    public static OwnQueue Mapper { get; } = new();

    /// <inheritdoc />
    public IEnumerable<QueueId> GetAllQueues() => [Id];

    /// <inheritdoc />
    public QueueId GetQueueForStream(StreamId streamId) => Id;

    /// <inheritdoc />
    public IEnumerable<QueueId> GetMyQueues() => [Id];

    /// <inheritdoc />
    public Task Initialize(IStreamQueueMapper queueMapper) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Shutdown() => Task.CompletedTask;

    /// <inheritdoc />
    public bool SubscribeToQueueDistributionChangeEvents(IStreamQueueBalanceListener observer) => true;

    /// <inheritdoc />
    public bool UnSubscribeFromQueueDistributionChangeEvents(IStreamQueueBalanceListener observer) => true;
}
