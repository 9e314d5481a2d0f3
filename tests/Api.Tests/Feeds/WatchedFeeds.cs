using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Feeds;
using OrleansChat.Testing;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Feeds;

/// <summary>A node's feeds of a conversation in mid-reply, and a watchdog for which time passes as a test has it.</summary>
public abstract class WatchedFeeds : IDisposable
{
    private protected WatchedFeeds()
    {
        Feeds = new ConversationFeeds(_ => Grain, new FeedNumbers(new NodeId("here")), Clock);
        Watchdog = WatchdogOf(Feeds);
        Silo.HeadOf = _ => Grain.Head;
        Grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3)));
    }

    private protected ConversationKey Key { get; } = new(OwnerId.Local, ConversationId.New(TimeProvider.System));

    private protected ManualTimeProvider Clock { get; } = new();

    private protected FakeConversation Grain { get; } = new() { On = FakeSiloWatches.Id };

    private protected FakeSiloWatches Silo { get; } = new();

    private protected ConversationFeeds Feeds { get; }

    private protected FeedWatchdog Watchdog { get; }

    public void Dispose()
    {
        Watchdog.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected FeedWatchdog WatchdogOf(ConversationFeeds feeds) => Watchdogs.Of(feeds, Silo, Clock);

    private protected void Pass(TimeSpan time, FeedWatchdog? of = null) => (of ?? Watchdog).Pass(Clock, time);
}
