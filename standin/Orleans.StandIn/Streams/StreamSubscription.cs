using Microsoft.Extensions.Logging;
using Orleans.StandIn.Activations;
using Orleans.StandIn.Copying;
using Orleans.StandIn.Hosting;

namespace Orleans.StandIn.Streams;

/// <summary>A subscription and what waits to be delivered to it, in order and one at a time.</summary>
internal sealed partial class StreamSubscription(LocalSilo silo, StreamQueue queue, StreamConsumer consumer)
{
    /// <summary>How many items may wait; past it, publishing fails. Orleans' memory queues have the same limit.</summary>
    private const int ItemLimit = 16_384;

    // Orleans' times for an observer that throws: it gets the item again until a minute has passed, then the next one.
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Queue<(object? Item, ItemToken Token)> waiting = new();
    private bool delivering;
    private volatile bool ended;

    public Guid Id { get; } = Guid.NewGuid();

    public StreamConsumer Consumer => consumer;

    public void Add(object? item, ItemToken token)
    {
        lock (gate)
        {
            if (waiting.Count >= ItemLimit)
            {
                throw new InvalidOperationException($"{ItemLimit} items wait in the stream already.");
            }

            waiting.Enqueue((item, token));
            if (delivering)
            {
                return;
            }

            delivering = true;
        }

        using (WithoutFlow.Enter())
        {
            _ = Task.Run(DeliverAllAsync);
        }
    }

    public void End()
    {
        ended = true;
        queue.Remove(this);
    }

    private async Task DeliverAllAsync()
    {
        while (TakeNext(out var next))
        {
            await DeliverAsync(next.Item, next.Token);
        }
    }

    private bool TakeNext(out (object? Item, ItemToken Token) next)
    {
        lock (gate)
        {
            delivering = waiting.TryDequeue(out next) && !ended;
            return delivering;
        }
    }

    private async Task DeliverAsync(object? item, ItemToken token)
    {
        var start = Environment.TickCount64;
        for (var pause = FirstPause; !ended && !silo.IsStopping; pause *= 2)
        {
            try
            {
                // A copy for each subscriber and attempt, so that none sees what another has done to it.
                if (!await consumer.DeliverAsync(silo, Id, DeepCopier.Copy(item), token))
                {
                    LogNobody(silo.Logger, Id);
                }

                return;
            }
            catch (Exception e) when (Environment.TickCount64 - start + pause.TotalMilliseconds < Patience.TotalMilliseconds)
            {
                LogRetry(silo.Logger, e, Id);
                await Task.Delay(pause);
            }
            catch (Exception e)
            {
                LogGivenUp(silo.Logger, e, Id);
                return;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "An item for subscription {Subscription} was dropped: nobody observes it.")]
    private static partial void LogNobody(ILogger logger, Guid subscription);

    [LoggerMessage(LogLevel.Warning, "The observer of subscription {Subscription} threw; it gets the item again.")]
    private static partial void LogRetry(ILogger logger, Exception exception, Guid subscription);

    [LoggerMessage(LogLevel.Error, "The observer of subscription {Subscription} keeps throwing; the item is given up.")]
    private static partial void LogGivenUp(ILogger logger, Exception exception, Guid subscription);
}
