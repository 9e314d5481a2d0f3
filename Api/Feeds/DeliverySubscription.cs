using Orleans.Streams;
using OrleansChat.Delivery;

namespace OrleansChat.Feeds;

/// <summary>Receives this node's delivery stream.</summary>
internal sealed partial class DeliverySubscription(
    IClusterClient client,
    ConversationFeeds feeds,
    NodeId node,
    TimeProvider clock,
    ILogger<DeliverySubscription> logger) : BackgroundService
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(500);

    /// <summary>Whether the subscription stands.</summary>
    public bool IsSubscribed { get; private set; }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!IsSubscribed && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                var stream = client.GetStreamProvider(DeliveryStream.Provider).GetStream<DeliveryBatch>(DeliveryStream.Of(node));
                await stream.SubscribeAsync((batch, _) => AcceptAsync(batch));
                IsSubscribed = true;
                LogSubscribed(logger, node);
            }
            catch (Exception e)
            {
                // No silo yet, or none any more. Readers get their events by asking until this succeeds.
                LogNotSubscribed(logger, e, node);
                await Task.Delay(Pause, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private Task AcceptAsync(DeliveryBatch batch)
    {
        foreach (var item in batch.Items)
        {
            feeds.Accept(item);
        }

        return Task.CompletedTask;
    }

    [LoggerMessage(LogLevel.Information, "Node {Node} receives its events.")]
    private static partial void LogSubscribed(ILogger logger, NodeId node);

    [LoggerMessage(LogLevel.Warning, "Node {Node} could not subscribe to its events yet.")]
    private static partial void LogNotSubscribed(ILogger logger, Exception exception, NodeId node);
}
