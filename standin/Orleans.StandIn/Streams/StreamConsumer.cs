using Orleans.StandIn.Calls;
using Orleans.StandIn.Activations;
using Orleans.StandIn.Hosting;
using Orleans.Streams;

namespace Orleans.StandIn.Streams;

/// <summary>Stands for a host's code that is no grain.</summary>
internal sealed class StreamClient
{
    public StreamObservers Observers { get; } = new();
}

/// <summary>Who subscribes: a grain, whichever of its activations lives, or a host.</summary>
internal sealed record StreamConsumer(GrainId? Grain, StreamClient? Client)
{
    /// <summary>Delivers an item, as a request to a grain, and returns when the observer has; false when nobody observes.</summary>
    public Task<bool> DeliverAsync(LocalSilo silo, Guid subscription, object? item, StreamSequenceToken token)
    {
        if (Grain is not { } grain)
        {
            return Client!.Observers.TryDeliverAsync(subscription, item, token);
        }

        var delivery = new Delivery(subscription, item, token);
        silo.Catalog.Dispatch(grain, delivery);
        return delivery.Done;
    }

    private sealed class Delivery(Guid subscription, object? item, StreamSequenceToken token) : Request
    {
        private readonly TaskCompletionSource<bool> done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<bool> Done => done.Task;

        public override async Task RunAsync(Activation activation)
        {
            try
            {
                done.TrySetResult(await activation.Observers.TryDeliverAsync(subscription, item, token));
            }
            catch (Exception e)
            {
                done.TrySetException(e);
            }
        }

        public override void Reject(Exception exception) => done.TrySetException(exception);
    }
}
