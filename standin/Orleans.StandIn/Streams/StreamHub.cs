using System.Collections.Concurrent;
using Orleans.StandIn.Hosting;

namespace Orleans.StandIn.Streams;

/// <summary>All streams of a silo.</summary>
internal sealed class StreamHub(LocalSilo silo)
{
    private readonly ConcurrentDictionary<(string Provider, StreamId Id), StreamQueue> queues = [];

    public StreamQueue Queue(string provider, StreamId id) => queues.GetOrAdd((provider, id), _ => new StreamQueue(silo));
}

/// <summary>A stream's subscriptions. What is added goes to each of them; with none, to nobody.</summary>
internal sealed class StreamQueue(LocalSilo silo)
{
    private readonly Lock gate = new();
    private readonly List<StreamSubscription> subscriptions = [];
    private long sequence;

    public void Add(object? item)
    {
        lock (gate)
        {
            var token = new ItemToken(++sequence);
            foreach (var subscription in subscriptions)
            {
                subscription.Add(item, token);
            }
        }
    }

    public StreamSubscription Subscribe(StreamConsumer consumer)
    {
        var subscription = new StreamSubscription(silo, this, consumer);
        lock (gate)
        {
            subscriptions.Add(subscription);
        }

        return subscription;
    }

    public void Remove(StreamSubscription subscription)
    {
        lock (gate)
        {
            subscriptions.Remove(subscription);
        }
    }

    public StreamSubscription[] SubscriptionsOf(StreamConsumer consumer)
    {
        lock (gate)
        {
            return [.. subscriptions.Where(subscription => subscription.Consumer == consumer)];
        }
    }
}
