using Orleans.Streams;

namespace OrleansChat.Delivery;

/// <summary>Waits for batches instead of asking for them every few milliseconds, which is what Orleans' own queues do.</summary>
internal sealed class DeliveryReceiver(DeliveryQueue queue) : IQueueAdapterReceiver, IDisposable
{
    // An agent that is told to stop waits for this, or for twice as long. It is also how often an idle silo wakes for nothing. A timer of each wait would cost
    // more than what it waits for.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Timer waking = new(static queue => ((DeliveryQueue)queue!).WakeIfIdle(), queue, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

    /// <inheritdoc />
    public Task Initialize(TimeSpan timeout)
    {
        waking.Change(Period, Period);
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task<IList<IBatchContainer>> GetQueueMessagesAsync(int maxCount) => queue.TakeAsync(maxCount);

    /// <inheritdoc />
    public Task MessagesDeliveredAsync(IList<IBatchContainer> messages) => Task.CompletedTask;

    /// <inheritdoc />
    public Task Shutdown(TimeSpan timeout)
    {
        Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        waking.Dispose();
        queue.Wake();
    }
}
