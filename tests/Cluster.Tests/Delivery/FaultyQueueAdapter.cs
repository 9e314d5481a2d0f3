using Orleans.Streams;

namespace OrleansChat.Cluster.Tests.Delivery;

/// <summary>A queue that loses, repeats and delays what it is given: a late item comes after the one that follows it.</summary>
internal sealed class FaultyQueueAdapter(IQueueAdapter inner, StreamFaults faults) : IQueueAdapter
{
    private readonly Lock gate = new();
    private Func<Task>? late;

    public string Name => inner.Name;

    public bool IsRewindable => inner.IsRewindable;

    public StreamProviderDirection Direction => inner.Direction;

    public async Task QueueMessageBatchAsync<T>(
        StreamId streamId, IEnumerable<T> events, StreamSequenceToken? token, Dictionary<string, object>? requestContext)
    {
        var items = events.ToList();
        Task Queue() => inner.QueueMessageBatchAsync(streamId, items, token, requestContext);
        var fate = faults.Next();
        if (fate == Fate.IsLost)
        {
            return;
        }

        var earlier = Exchange(fate == Fate.ComesLate ? Queue : null);
        if (fate != Fate.ComesLate)
        {
            await Queue();
        }

        if (fate == Fate.ComesTwice)
        {
            await Queue();
        }

        if (earlier is not null)
        {
            await earlier();
        }
    }

    public IQueueAdapterReceiver CreateReceiver(QueueId queueId) => inner.CreateReceiver(queueId);

    private Func<Task>? Exchange(Func<Task>? next)
    {
        lock (gate)
        {
            var earlier = late;
            late = next;
            return earlier;
        }
    }
}
