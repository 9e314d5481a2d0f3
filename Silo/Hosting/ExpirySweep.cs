using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Retention;

namespace OrleansChat.Hosting;

/// <summary>
/// Has conversations that nobody has used for <see cref="RetentionOptions.IdleTime"/>, or, where they are transient,
/// <see cref="RetentionOptions.TransientTime"/>, deleted by their grains, which know better than the store whether they are still idle. Every silo
/// sweeps; what one has deleted, the others do not find.
/// </summary>
internal sealed partial class ExpirySweep(
    IConversationStore store,
    IGrainFactory grains,
    IOptions<RetentionOptions> options,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<ExpirySweep> logger) : IStartupTask
{
    // Deletion is in no hurry, and the silo's callers are.
    private const int AtOnce = 4;

    public Task Execute(CancellationToken cancellationToken)
    {
        _ = Task.Run(() => SweepAsync(lifetime.ApplicationStopping), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(options.Value.Period, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping))
            {
                await SweepOnceAsync(transient: true, options.Value.TransientTime, stopping);
                if (options.Value.IdleTime is { } idleTime)
                {
                    await SweepOnceAsync(transient: false, idleTime, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The silo stops; others sweep on.
        }
    }

    private async Task SweepOnceAsync(bool transient, TimeSpan idleTime, CancellationToken stopping)
    {
        var deleted = 0;
        try
        {
            string? cursor = null;
            do
            {
                var page = await store.FindIdleAsync(transient, idleTime, cursor, stopping);
                await Parallel.ForEachAsync(
                    page.Conversations,
                    new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stopping },
                    async (idle, _) =>
                    {
                        if (await ExpireAsync(idle))
                        {
                            Interlocked.Increment(ref deleted);
                        }
                    });
                cursor = page.Next;
            }
            while (cursor is not null);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogSearchFailed(logger, e);
        }

        if (deleted > 0)
        {
            LogDeleted(logger, deleted, idleTime);
        }
    }

    private async Task<bool> ExpireAsync(IdleConversation idle)
    {
        try
        {
            return await grains.GetGrain<IConversationGrain>(idle.Key.ToString()).Expire(idle.Key.Owner, idle.Head);
        }
        catch (Exception e)
        {
            LogNotDeleted(logger, e, idle.Key);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} conversations were deleted that had been idle for {IdleTime}.")]
    private static partial void LogDeleted(ILogger logger, int count, TimeSpan idleTime);

    [LoggerMessage(LogLevel.Warning, "The search for expired conversations failed; it is repeated.")]
    private static partial void LogSearchFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Warning, "{Conversation} has expired and could not be deleted; it is tried again.")]
    private static partial void LogNotDeleted(ILogger logger, Exception exception, ConversationKey conversation);
}
