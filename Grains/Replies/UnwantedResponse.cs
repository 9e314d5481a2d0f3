using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OrleansChat.Models;

namespace OrleansChat.Replies;

/// <summary>
/// A response that its provider would go on producing, and charging for, though nobody wants it any more. It is told in the background:
/// a reply's end does not wait for a provider.
/// </summary>
internal static partial class UnwantedResponse
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(5)];

    /// <summary>Has the provider stop; does nothing for a model whose provider cannot be told.</summary>
    public static void Stop(Model model, ResponseContinuationToken response, TimeProvider clock, ILogger logger)
    {
        if (model.Client.GetService(typeof(IBackgroundResponses)) is IBackgroundResponses provider)
        {
            _ = Task.Run(() => StopAsync(provider, model.Info.Id, response, clock, logger));
        }
    }

    private static async Task StopAsync(
        IBackgroundResponses provider, string model, ResponseContinuationToken response, TimeProvider clock, ILogger logger)
    {
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var patience = new CancellationTokenSource(Patience, clock);
                await provider.StopAsync(response, patience.Token);
                return;
            }
            catch (Exception e)
            {
                if (attempt == Pauses.Length)
                {
                    LogNotStopped(logger, e, model);
                    return;
                }
            }

            await Task.Delay(Pauses[attempt], clock);
        }
    }

    [LoggerMessage(LogLevel.Warning, "A response of model {Model} that nobody wants any more could not be stopped; it runs, and costs, to its end.")]
    private static partial void LogNotStopped(ILogger logger, Exception exception, string model);
}
