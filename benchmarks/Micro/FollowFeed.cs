using BenchmarkDotNet.Attributes;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Events;
using OrleansChat.Feeds;

namespace OrleansChat.Micro;

/// <summary>
/// Takes 256 blocks of one delta each into a feed, with a reader who asks for what comes next after each, and once waits for it.
/// The plain way is a list that is searched. Figures are per block.
/// </summary>
public class FollowFeed
{
    private const int Blocks = 256;

    private static readonly ConversationKey Key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));

    private readonly DeliveryItem[] items =
        [.. Enumerable.Range(0, Blocks).Select(i => new DeliveryItem(Key, DeliveryKind.Events, Reply.Block(1, 4 + i)))];

    [Benchmark(Baseline = true, OperationsPerInvoke = Blocks, Description = "List, searched from its beginning")]
    public long Plain()
    {
        var (gate, known, cursor) = (new Lock(), new List<EventBlock>(), 3L);
        TaskCompletionSource? changed = null;
        foreach (var item in items)
        {
            lock (gate)
            {
                changed ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            lock (gate)
            {
                known.Add(item.Block!);
                changed?.SetResult();
                changed = null;
            }

            lock (gate)
            {
                cursor = known.First(block => block.Last > cursor).Last;
            }
        }

        return cursor;
    }

    [Benchmark(OperationsPerInvoke = Blocks, Description = "ConversationFeed")]
    public async Task<long> Product()
    {
        var feed = new ConversationFeed(Key, new Watcher(new NodeId("here"), 1), EmptyConversation.Instance, TimeProvider.System);
        await feed.RefreshAsync(3, CancellationToken.None);
        var cursor = 3L;
        foreach (var item in items)
        {
            _ = feed.View(cursor).Changed;
            feed.Accept(item);
            cursor = feed.View(cursor).Next!.Last;
        }

        return cursor;
    }
}
