using Orleans.StandIn.Activations;
using Orleans.Streams;

namespace Orleans.StandIn.Streams;

/// <inheritdoc />
internal sealed class SubscriptionHandle<T>(MemoryStream<T> stream, StreamSubscription subscription) : StreamSubscriptionHandle<T>
{
    private bool ended;

    public override StreamId StreamId => stream.StreamId;

    public override string ProviderName => stream.ProviderName;

    public override Guid HandleId => subscription.Id;

    public override Task UnsubscribeAsync()
    {
        End();
        subscription.End();
        Observers().Remove(subscription.Id);
        return Task.CompletedTask;
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null)
    {
        if (token is not null)
        {
            throw new NotSupportedException("The Orleans stand-in keeps no past items from which to resume.");
        }

        End();
        return Task.FromResult<StreamSubscriptionHandle<T>>(new SubscriptionHandle<T>(stream, subscription).Observe(observer));
    }

    public override bool Equals(object? obj) => obj is StreamSubscriptionHandle<T> other && other.HandleId == HandleId;

    public override int GetHashCode() => HandleId.GetHashCode();

    public SubscriptionHandle<T> Observe(IAsyncObserver<T> observer)
    {
        Observers().Set(subscription.Id, new Observer<T>(observer));
        return this;
    }

    private StreamObservers Observers() => Activation.Current?.Observers ?? stream.Provider.Consumer.Client!.Observers;

    private void End()
    {
        if (ended)
        {
            throw new InvalidOperationException("Handle is no longer valid. It has been used to unsubscribe or resume.");
        }

        ended = true;
    }
}
