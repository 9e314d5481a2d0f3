using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;
using OrleansChat.Journal;

namespace OrleansChat.Hosting;

/// <summary>
/// Finds, at start, the replies that a crash cut off, and wakes their conversations so that they end also where nobody looks.
/// </summary>
internal sealed partial class UnfinishedReplies(
    IConversationStore store,
    IGrainFactory grains,
    ILogger<UnfinishedReplies> logger) : IStartupTask
{
    // Enough to be done in seconds after the worst crash, few enough to leave the silo to its callers.
    private const int AtOnce = 16;

    public Task Execute(CancellationToken cancellationToken)
    {
        // The silo need not wait: whoever asks for such a conversation earlier wakes it himself.
        _ = Task.Run(() => WakeAllAsync(cancellationToken), CancellationToken.None);
        return Task.CompletedTask;
    }

    private async Task WakeAllAsync(CancellationToken cancellationToken)
    {
        try
        {
            var found = await store.FindUnfinishedAsync(TimeSpan.Zero, cancellationToken);
            if (found.Length > 0)
            {
                LogFound(logger, found.Length);
            }

            await Parallel.ForEachAsync(
                found,
                new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
                async (key, _) => await WakeAsync(key));
        }
        catch (Exception e)
        {
            // The next start, or the next caller of each conversation, does what was not done here.
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
        }
    }

    [LoggerMessage(LogLevel.Information, "{Count} replies were cut off when the last process ended; they are ended now.")]
    private static partial void LogFound(ILogger logger, int count);

    [LoggerMessage(LogLevel.Error, "The search for replies that were cut off failed.")]
    private static partial void LogSearchFailed(ILogger logger, Exception exception);

    [LoggerMessage(LogLevel.Error, "{Conversation} has a reply that was cut off and could not be woken to end it.")]
    private static partial void LogNotWoken(ILogger logger, Exception exception, ConversationKey conversation);
}
