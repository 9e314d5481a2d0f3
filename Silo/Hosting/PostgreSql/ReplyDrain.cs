using Microsoft.Extensions.Logging;
using OrleansChat.Replies;

namespace OrleansChat.Hosting;

/// <summary>
/// Gives the replies of a silo that stops a time to finish. It happens as the cluster learns that the silo is leaving, so new
/// conversations go to other silos, and before its grains are deactivated, which is when the replies that are left are handed over.
/// </summary>
internal sealed partial class ReplyDrain(ChatClusterOptions options, RunningReplies replies, TimeProvider clock, ILogger<ReplyDrain> logger)
    : ILifecycleParticipant<ISiloLifecycle>
{
    /// <inheritdoc />
    public void Participate(ISiloLifecycle observer) =>
        observer.Subscribe(nameof(ReplyDrain), ServiceLifecycleStage.BecomeActive, static _ => Task.CompletedTask, DrainAsync);

    private async Task DrainAsync(CancellationToken cancellationToken)
    {
        replies.Leave();
        if (replies.Count == 0 || cancellationToken.IsCancellationRequested)
        {
            return;
        }

        LogWaiting(logger, replies.Count, options.GracePeriod.TotalSeconds);
        await replies.WhenNoneAsync().WaitAsync(options.GracePeriod, clock, cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (replies.Count > 0)
        {
            LogHandingOver(logger, replies.Count);
        }
    }

    [LoggerMessage(LogLevel.Information, "The silo is stopping, and lets {Count} replies finish for up to {Seconds} s.")]
    private static partial void LogWaiting(ILogger logger, int count, double seconds);

    [LoggerMessage(LogLevel.Information, "{Count} replies have not finished and are handed over to other silos.")]
    private static partial void LogHandingOver(ILogger logger, int count);
}
