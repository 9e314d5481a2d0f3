using Orleans.Streams;
using OrleansChat.Delivery;
using OrleansChat.OwnerFeeds;
using OrleansChat.Telemetry;

namespace OrleansChat.Feeds;

/// <summary>
/// Receives this node's delivery stream, and sees to it that it goes on receiving: a stream whose silo died, or whose subscription
/// was forgotten, is silent for ever and says nothing (https://github.com/dotnet/orleans/issues/9828). So the node now and then
/// sends itself a probe, and subscribes anew when none arrives, or when conversations have news that the stream does not bring: the
/// probe comes by one silo, and it can be another that has forgotten the node.
/// </summary>
internal sealed partial class DeliverySubscription(
    IClusterClient client,
    ConversationFeeds feeds,
    OwnerFeedRegistry ownerFeeds,
    NodeId node,
    TimeProvider clock,
    ILogger<DeliverySubscription> logger) : BackgroundService
{
    private static readonly DeliveryBatch Probe = new([]);

    // Readers wait for a comparison at most, a second or two, for what a silent stream holds back, so there is no hurry; a probe costs one stream item.
    private static readonly TimeSpan ProbePeriod = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ProbePatience = TimeSpan.FromSeconds(10);

    // One miss is a conversation that moved to another silo, which forgot who watches; so many in a row are not.
    private const int TooManyMissed = 3;

    // Until there is a first subscription, nobody can be served.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(500);

    // A call that went to a silo that was killed gets no answer, and Orleans would wait 30 s for it.
    private static readonly TimeSpan CallPatience = TimeSpan.FromSeconds(5);

    private StreamSubscriptionHandle<DeliveryBatch>? subscription;
    private long lastReceived;
    private int attempts;

    /// <summary>Whether the node has subscribed.</summary>
    public bool IsSubscribed => subscription is not null;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await KeepReceivingAsync().WaitAsync(CallPatience, clock, stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // No silo for now. Readers get their events by asking, as soon as there is one.
                LogNotReceiving(logger, e, node);
            }

            await Task.Delay(IsSubscribed ? ProbePeriod : FirstPause, clock, stoppingToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task KeepReceivingAsync()
    {
        var stream = client.GetStreamProvider(DeliveryStream.Provider).GetStream<DeliveryBatch>(DeliveryStream.Of(node));
        if (subscription is null)
        {
            await SubscribeAsync(stream);
            LogSubscribed(logger, node);
        }
        else if (clock.GetElapsedTime(Volatile.Read(ref lastReceived)) > ProbePatience || IsForgotten())
        {
            var silent = subscription;
            await SubscribeAsync(stream);
            LogSubscribedAgain(logger, node);
            await silent.UnsubscribeAsync();
        }

        await stream.OnNextAsync(Probe);
    }

    private bool IsForgotten()
    {
        var forgotten = false;
        foreach (var feed in feeds.All)
        {
            if (feed.Freshness.Missed >= TooManyMissed)
            {
                feed.Freshness.Missed = 0;
                forgotten = true;
            }
        }

        return forgotten;
    }

    private async Task SubscribeAsync(IAsyncStream<DeliveryBatch> stream)
    {
        Volatile.Write(ref lastReceived, clock.GetTimestamp());
        var attempt = ++attempts;
        var handle = await stream.SubscribeAsync((batch, _) => AcceptAsync(batch));
        if (attempt == attempts)
        {
            subscription = handle;
        }
        else
        {
            // It took too long, and another attempt has taken its place.
            await handle.UnsubscribeAsync();
        }
    }

    private Task AcceptAsync(DeliveryBatch batch)
    {
        Volatile.Write(ref lastReceived, clock.GetTimestamp());
        foreach (var item in batch.Items)
        {
            if (item.Kind == DeliveryKind.OwnerNews)
            {
                ownerFeeds.Accept(item);
            }
            else
            {
                feeds.Accept(item);
            }
        }

        DeliveryInstruments.Arrived(batch, clock);

        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Node {Node} receives its events.")]
    private static partial void LogSubscribed(ILogger logger, NodeId node);

    [LoggerMessage(LogLevel.Warning, "Node {Node} did not receive what it should have, and has subscribed again.")]
    private static partial void LogSubscribedAgain(ILogger logger, NodeId node);

    [LoggerMessage(LogLevel.Warning, "Node {Node} does not receive its events for now.")]
    private static partial void LogNotReceiving(ILogger logger, Exception exception, NodeId node);
}
