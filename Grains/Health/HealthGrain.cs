using Microsoft.Extensions.Logging;
using Orleans.Concurrency;
using OrleansChat.Journal;

namespace OrleansChat.Health;

/// <summary>Answers on whichever silo is asked, for that silo; whoever asks while others wait for a store that hangs waits no longer than they.</summary>
[StatelessWorker, Reentrant]
internal sealed partial class HealthGrain(IConversationStore store, ILogger<HealthGrain> logger) : Grain, IHealthGrain
{
    // Whoever asks waits for two seconds, and must hear that it is the store rather than think that it is the silo.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public async Task<bool> StoreAnswers()
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await store.CheckAsync(patience.Token).WaitAsync(patience.Token);
            return true;
        }
        catch (Exception e)
        {
            // For whatever reason it does not, nobody can be served.
            LogNoAnswer(logger, e.Message);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The store does not answer a health check: {Reason}")]
    private static partial void LogNoAnswer(ILogger logger, string reason);
}
