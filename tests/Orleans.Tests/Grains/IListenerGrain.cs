using Orleans.Streams;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests.Grains;

/// <summary>Subscribes to the stream of its key, and takes its subscription up again in each activation.</summary>
[Alias("ActorTests.IListenerGrain")]
public interface IListenerGrain : IGrainWithStringKey
{
    [Alias("Listen")]
    Task Listen();

    [Alias("Subscriptions")]
    Task<int> Subscriptions();

    [Alias("Leave")]
    Task Leave();

    [Alias("Publish")]
    Task Publish(Box box);
}

internal sealed class ListenerGrain : Grain, IListenerGrain
{
    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    private IAsyncStream<Box> Stream =>
        this.GetStreamProvider(TestStreams.Provider).GetStream<Box>(StreamId.Create("boxes", this.GetPrimaryKeyString()));

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Probe.Tell("comes");
        foreach (var handle in await Stream.GetAllSubscriptionHandles())
        {
            await handle.ResumeAsync(OnNextAsync);
        }
    }

    public Task Listen() => Stream.SubscribeAsync(OnNextAsync);

    public async Task<int> Subscriptions() => (await Stream.GetAllSubscriptionHandles()).Count;

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task Publish(Box box) => Stream.OnNextAsync(box);

    private Task OnNextAsync(Box box, StreamSequenceToken? token)
    {
        Probe.Tell($"grain: {string.Join(' ', box.Labels)}");
        box.Labels.Add("changed by the grain");
        return Task.CompletedTask;
    }
}
