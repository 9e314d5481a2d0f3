using Microsoft.Extensions.Hosting;
using OrleansChat.Replies;

namespace OrleansChat.Models.Upstream;

/// <summary>Stands in the thread pool's line now and then, as long as replies run, and tells <see cref="ReadingPace"/> how long that took.</summary>
internal sealed class ReadingPaceKeeper(RunningReplies replies, TimeProvider clock) : BackgroundService
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(25);
    private static readonly TimeSpan IdlePeriod = TimeSpan.FromMilliseconds(250);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(replies.Count > 0 ? Period : IdlePeriod, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            var start = clock.GetTimestamp();
            await Task.Yield();
            ReadingPace.OfProcess.Observe(clock.GetElapsedTime(start));
        }
    }
}
