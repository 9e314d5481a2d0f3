using OrleansChat.Delivery;
using OrleansChat.Feeds;
using OrleansChat.OwnerFeeds;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Feeds;

/// <summary>Watchdogs of feeds of one kind, for which time passes as a test has it.</summary>
internal static class Watchdogs
{
    /// <summary>One for feeds of conversations.</summary>
    public static FeedWatchdog Of(ConversationFeeds feeds, ISiloWatchesGrain silo, TimeProvider clock) =>
        Of(feeds, new OwnerFeedRegistry(_ => throw new NotSupportedException(), new FeedNumbers(new NodeId("here")), clock), silo, clock);

    /// <summary>One for feeds of owners.</summary>
    public static FeedWatchdog Of(OwnerFeedRegistry feeds, ISiloWatchesGrain silo, TimeProvider clock) =>
        Of(new ConversationFeeds(_ => throw new NotSupportedException(), new FeedNumbers(new NodeId("here")), clock), feeds, silo, clock);

    /// <summary>One for feeds of both.</summary>
    public static FeedWatchdog Of(ConversationFeeds conversations, OwnerFeedRegistry owners, ISiloWatchesGrain silo, TimeProvider clock) =>
        new(conversations, owners, new FeedComparisons(_ => silo, new NodeId("here"), clock), clock);

    /// <summary>Has time pass, and the watchdog look as often as it does.</summary>
    public static void Pass(this FeedWatchdog watchdog, ManualTimeProvider clock, TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += FeedTimes.Tick)
        {
            clock.Advance(FeedTimes.Tick);
            watchdog.Look();
        }
    }
}
