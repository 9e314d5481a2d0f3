using System.Collections.Immutable;
using System.Diagnostics;
using Orleans.TestingHost;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Owners;

namespace OrleansChat.Cluster.Tests.Delivery;

/// <summary>A node compares its feeds with the silos on which their conversations are.</summary>
public class ComparisonTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    // Time enough to see what there is before.
    private static readonly TimeSpan CollectionAge = TimeSpan.FromSeconds(5);

    private readonly NodeId node = NodeId.New();

    [Fact]
    public async Task Each_silo_answers_for_its_own_conversations_and_nobody_for_one_that_is_gone()
    {
        await using var cluster = await ChatCluster.StartAsync();
        var (first, second) = (cluster.Silos.Silos[0], cluster.Silos.Silos[1]);
        var here = await WatchAsync(cluster, await ReplyOnAsync(cluster, first), feed: 1);
        var there = await WatchAsync(cluster, await ReplyOnAsync(cluster, second), feed: 2);

        Assert.Equal("2", await UnwatchedAsync(cluster, here));
        Assert.Equal("1", await UnwatchedAsync(cluster, there));
        Assert.Equal((first.SiloAddress, second.SiloAddress), (await PlaceOfAsync(cluster, here), await PlaceOfAsync(cluster, there)));

        await cluster.Silos.KillSiloAsync(second);
        Assert.Equal("1 2", await OnceAnsweredAsync(() => UnwatchedAsync(cluster, there)));
        Assert.Equal(first.SiloAddress, await OnceAnsweredAsync(() => PlaceOfAsync(cluster, there)));
        Assert.Equal("2", await OnceAnsweredAsync(() => UnwatchedAsync(cluster, here)));
    }

    [Fact]
    public async Task What_is_committed_is_told_until_the_activation_leaves_and_forgets_who_watches()
    {
        await using var cluster = await ChatCluster.StartAsync(collectionAge: CollectionAge);
        var conversation = await ReplyOnAsync(cluster, cluster.Silos.Silos[1]);
        var reply = await cluster.Model.NextReplyAsync();
        var silo = await WatchAsync(cluster, conversation, feed: 1);

        reply.Emit("news");
        reply.Complete();
        await UntilAsync(cluster, silo, head => head > 3);

        // What it is compared with keeps no grain from being collected.
        await UntilAsync(cluster, silo, head => head == FeedHead.Unwatched);
        Assert.False(await cluster.IsActiveAsync(cluster.Grain(conversation)));
    }

    [Fact]
    public async Task News_of_an_owner_is_compared_where_it_is_announced_as_conversations_are()
    {
        await using var cluster = await ChatCluster.StartAsync(collectionAge: CollectionAge);
        var owner = OwnerId.Local;
        var grain = cluster.Silos.GrainFactory.GetGrain<IOwnerFeedGrain>(owner.Value);
        var watched = (await grain.Watch(owner, new Watcher(node, 1)))!;
        var silo = watched.WatchedOn!;
        Assert.Equal(0, watched.Number);
        Assert.Equal("2", await UnwatchedAsync(cluster, silo));

        await grain.Announce(owner, new ConversationNews(NewsKind.Deleted, ConversationId.New(TimeProvider.System), Conversation: null));
        Assert.Equal([new FeedHead(1, 1)], (await Grain(cluster, silo).Compare(node, [new FeedHead(1, 0)])).ToArray());

        // Nobody calls it any more, so it is collected. The next activation numbers anew.
        await UntilAsync(cluster, silo, head => head == FeedHead.Unwatched, known: 1);
        Assert.NotEqual(watched.Epoch, (await grain.Watch(owner, new Watcher(node, 1)))!.Epoch);
    }

    // While it replies, it stays.
    private static async Task<string> ReplyOnAsync(ChatCluster cluster, SiloHandle silo)
    {
        var conversation = await cluster.CreateOnAsync(silo);
        Assert.Equal(new SendResult.Accepted("msg_2", "msg_3", 2), await cluster.Grain(conversation).Send(OwnerId.Local, new SendMessage("go", null)));
        return conversation;
    }

    private static async Task<SiloAddress?> PlaceOfAsync(ChatCluster cluster, SiloId silo) =>
        await cluster.Silos.GrainFactory.GetGrain<IManagementGrain>(0).GetActivationAddress(Grain(cluster, silo));

    private static ISiloWatchesGrain Grain(ChatCluster cluster, SiloId silo) => cluster.Silos.GrainFactory.GetGrain<ISiloWatchesGrain>(silo.Value);

    // What is sent to a silo, or through it, in the moment in which it is killed is lost, and whoever waits for its answer waits in vain.
    private static async Task<T> OnceAnsweredAsync<T>(Func<Task<T>> ask)
    {
        for (var start = Stopwatch.GetTimestamp(); ;)
        {
            try
            {
                return await ask().WaitAsync(AskAgain);
            }
            catch (Exception e) when (e is TimeoutException or OrleansException && Stopwatch.GetElapsedTime(start) < Patience)
            {
                // Not yet.
            }
        }
    }

    private async Task<SiloId> WatchAsync(ChatCluster cluster, string conversation, long feed)
    {
        var watched = await cluster.Grain(conversation).Watch(OwnerId.Local, new Watcher(node, feed), 0);
        return Assert.IsType<ReadResult.Events>(watched).WatchedOn!;
    }

    private async Task<string> UnwatchedAsync(ChatCluster cluster, SiloId silo)
    {
        var heads = await Grain(cluster, silo).Compare(node, [new FeedHead(1, long.MaxValue), new FeedHead(2, long.MaxValue)]);
        return string.Join(' ', heads.Where(head => head.Head == FeedHead.Unwatched).Select(head => head.Feed));
    }

    private async Task UntilAsync(ChatCluster cluster, SiloId silo, Predicate<long> isReached, long known = 3)
    {
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        using var patience = new CancellationTokenSource(Patience);
        ImmutableArray<FeedHead> heads;
        do
        {
            await pace.WaitForNextTickAsync(patience.Token);
            heads = await Grain(cluster, silo).Compare(node, [new FeedHead(1, known)]);
        }
        while (heads is not [var only] || !isReached(only.Head));
    }
}
