using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Api.Tests.Feeds;
using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Dialects.Native;
using OrleansChat.Feeds;
using OrleansChat.Streaming;
using OrleansChat.Telemetry;
using OrleansChat.Testing;
using OrleansChat.Testing.Telemetry;
using OrleansChat.Testing.Time;

namespace OrleansChat.Api.Tests.Telemetry;

[Collection(Alone.Name)]
public class ReaderInstrumentsTests
{
    [Fact]
    public async Task Readers_are_counted_and_the_slowest_ones_lag_is_told()
    {
        var key = new ConversationKey(OwnerId.Local, ConversationId.New(TimeProvider.System));
        var grain = new FakeConversation();
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3)));
        grain.Commit(Blocks.Deltas(4, "msg_3", "a", "b", "c", "d"));
        var feeds = new ConversationFeeds(_ => grain, new FeedNumbers(new NodeId("here")), TimeProvider.System);
        using var membership = await feeds.JoinAsync(key, after: 0, CancellationToken.None);
        var streams = new[] { 7L, 2L, 5L }.Select(cursor =>
            new EventStream(membership, new NativeRenderer(merge: true), cursor, StreamUntil.Never, NullLogger.Instance)).ToArray();
        using var measurements = new Measurements(ChatTelemetry.Name);

        Array.ForEach(streams, ReaderInstruments.Joined);
        measurements.Ask();
        ReaderInstruments.Left(streams[1]);
        measurements.Ask();
        ReaderInstruments.Left(streams[0]);
        ReaderInstruments.Left(streams[2]);
        measurements.Ask();

        Assert.Equal([(3, ""), (2, ""), (0, "")], measurements.Of("orleanschat.readers"));
        Assert.Equal([(5, ""), (2, ""), (0, "")], measurements.Of("orleanschat.readers.lag.max"));
    }

    [Fact]
    public void The_lag_of_delivery_is_from_the_commit_and_never_negative_whatever_clocks_say()
    {
        var clock = new ManualTimeProvider();
        var now = clock.GetUtcNow().UtcDateTime;
        using var measurements = new Measurements(ChatTelemetry.Name);

        DeliveryInstruments.Arrived(new DeliveryBatch([], now.AddMilliseconds(-12)), clock);
        DeliveryInstruments.Arrived(new DeliveryBatch([], now.AddSeconds(3)), clock);
        DeliveryInstruments.Arrived(new DeliveryBatch([]), clock);

        Assert.Equal([(0.012, ""), (0, "")], measurements.Of("orleanschat.delivery.lag"));
    }
}
