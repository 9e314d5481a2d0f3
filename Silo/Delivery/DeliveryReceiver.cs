using Orleans.Streams;

namespace OrleansChat.Delivery;

/// <summary>Waits for batches instead of asking for them every few milliseconds, which is what Orleans' own queues do.</summary>
internal sealed class DeliveryReceiver(DeliveryQueue queue) : IQueueAdapterReceiver
{
    // An agent that is told to stop waits for this. It is also how often an idle silo wakes for nothing.
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource stopping = new();

    /// <inheritdoc />
    public Task Initialize(TimeSpan timeout) => Task.CompletedTask;

    /// <inheritdoc />
    public async Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        patience.CancelAfter(LongestWait);
        return await queue.TakeAsync(maxCount, patience.Token);
    }

    /// <inheritdoc />
    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Shutdown(TimeSpan timeout) => stopping.CancelAsync();
}
