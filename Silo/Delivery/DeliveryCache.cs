using Orleans.Streams;

namespace OrleansChat.Delivery;

/// <summary>
/// What an agent holds for nodes until it has sent it. A node that does not take its batches loses the oldest, and holds nobody
/// else up. Used on the agent's scheduler only.
/// </summary>
internal sealed class DeliveryCache : IQueueCache
{
    // What waits for a node that does not take it: more than the few milliseconds' worth that are on their way otherwise.
    private const int MaxBatchesPerNode = 64;

    // Nodes that are gone leave an empty list behind; their number is that of API starts.
    private readonly Dictionary<StreamId, NodeBacklog> backlogs = [];

    /// <inheritdoc />
    public int GetMaxAddCount() => DeliveryQueue.Limit;

    /// <inheritdoc />
    public bool IsUnderPressure() => false;

    /// <inheritdoc />
    public void AddToCache(IList<IBatchContainer> messages)
    {
        foreach (var message in messages)
        {
            BacklogOf(message.StreamId).Add((DeliveryContainer)message);
        }
    }

    /// <inheritdoc />
    public bool TryPurgeFromCache(out IList<IBatchContainer> purgedItems)
    {
        purgedItems = [];
        return false;
    }

    /// <inheritdoc />
    public IQueueCacheCursor GetCacheCursor(StreamId streamId, StreamSequenceToken? token) => BacklogOf(streamId).Open();

    private NodeBacklog BacklogOf(StreamId stream)
    {
        if (!backlogs.TryGetValue(stream, out var backlog))
        {
            backlogs[stream] = backlog = new NodeBacklog(MaxBatchesPerNode);
        }

        return backlog;
    }
}
