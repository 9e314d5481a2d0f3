using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;
using OrleansChat.Models;

namespace OrleansChat.Context;

/// <summary>Asks models for summaries, a few at a time. Whatever goes wrong, the conversation goes on without one.</summary>
internal sealed partial class SummaryMaker(IModelCatalog catalog, TimeProvider clock, ILogger<SummaryMaker> logger) : IDisposable
{
    /// <summary>How long one summary may take, waiting included: somebody waits for the reply.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private const int AtOnce = 4;

    private readonly SemaphoreSlim free = new(AtOnce, AtOnce);

    /// <summary>Makes a summary; null where that fails, which the log tells.</summary>
    /// <param name="name">The model to be asked.</param>
    /// <param name="before">The summary of what came before; null for none.</param>
    /// <param name="messages">What is to be summarised.</param>
    /// <param name="room">How many tokens it may have, 1 or more.</param>
    /// <param name="cancellationToken">Nobody waits for it any more.</param>
    /// <exception cref="OperationCanceledException">Nobody waits for it any more.</exception>
    public async Task<string?> MakeAsync(
        string name, string? before, IReadOnlyList<ChatMessage> messages, int room, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, patience.Token);
        try
        {
            await free.WaitAsync(either.Token);
            try
            {
                return catalog.TryGet(name, out var model) ? SummaryPrompt.SummaryIn(await AskAsync(model, before, messages, room, either.Token), room) : null;
            }
            finally
            {
                free.Release();
            }
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNoSummary(logger, e, name);
            return null;
        }
    }

    public void Dispose() => free.Dispose();

    private static async Task<string> AskAsync(
        Model model, string? before, IReadOnlyList<ChatMessage> messages, int room, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        var prompt = SummaryPrompt.For(before, messages, model.Context, room);
        await foreach (var update in model.Client.GetStreamingResponseAsync(prompt, new ChatOptions { MaxOutputTokens = room }, cancellationToken))
        {
            text.Append(update.Text);
        }

        return text.ToString();
    }

    [LoggerMessage(LogLevel.Warning, "Model {Model} made no summary; what does not fit into the window is dropped.")]
    private static partial void LogNoSummary(ILogger logger, Exception exception, string model);
}
