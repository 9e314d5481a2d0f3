using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;
using OrleansChat.Journal;

namespace OrleansChat.Hosting;

/// <summary>
/// Finds the replies whose producer is gone, and wakes their conversations, which take them over; also where nobody reads them. A
/// reply that is merely slow is woken too, which does nothing to it, and more and more rarely.
/// </summary>
internal sealed partial class UnfinishedReplySweep(
    IConversationStore store,
    IGrainFactory grains,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<UnfinishedReplySweep> logger) : IStartupTask
{
    // A reply that was cut off goes on within seconds. Models pause for longer at times, but few of them at once.
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    // Enough to be done in seconds after the worst crash, few enough to leave the silo to its callers.
    private const int AtOnce = 16;

    private readonly WakeSchedule schedule = new(clock);

    public Task Execute(CancellationToken cancellationToken)
    {
        // The silo need not wait: whoever asks for such a conversation earlier wakes it himself.
        _ = Task.Run(() => SweepAsync(lifetime.ApplicationStopping), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Period, clock);
        try
        {
            do
            {
                await SweepOnceAsync(stopping);
            }
            while (await timer.WaitForNextTickAsync(stopping));
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The silo stops; others sweep on.
        }
    }

    private async Task SweepOnceAsync(CancellationToken stopping)
    {
        try
        {
            var due = schedule.Due(await store.FindUnfinishedAsync(Quiet, stopping));
            if (due.Count > 0)
            {
                LogFound(logger, due.Count);
            }

            await Parallel.ForEachAsync(
                due,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping },
                async (key, _) => await WakeAsync(key));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogSearchFailed(logger, e);
        }
    }

    private async Task WakeAsync(ConversationKey key)
    {
        try
        {
            await grains.GetGrain<IConversationGrain>(key.ToString()).Get(key.Owner);
        }
        catch (Exception e)
        {
            LogNotWoken(logger, e, key);
            schedule.Again(key);
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} replies have gone quiet; their conversations are asked to see to them.")]
    private static partial void LogFound(ILogger logger, int count);

    [LoggerMessage(LogLevel.Warning, "The search for replies that were cut off failed; it is repeated.")]
    private static partial void LogSearchFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Conversation} has a reply that has gone quiet, and could not be woken; it is tried again.")]
    private static partial void LogNotWoken(ILogger logger, Exception exception, ConversationKey conversation);
}
