using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansChat.Models;

namespace OrleansChat.Titles;

/// <summary>Asks models for titles, a few at a time. A title is an extra: whatever goes wrong, the conversation does without.</summary>
internal sealed partial class TitleMaker(
    IModelCatalog catalog, IOptions<TitleOptions> options, TimeProvider clock, ILogger<TitleMaker> logger) : IDisposable
{
    /// <summary>How long one title may take, waiting included.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    // Titles never keep people's replies from a model that answers few at a time.
    private const int AtOnce = 4;

    // A model that does not stop has not understood what it was asked.
    private const int MaxAnswer = 1_000;

    private readonly SemaphoreSlim free = new(AtOnce, AtOnce);

    /// <summary>Whether titles are made.</summary>
    public bool IsEnabled => options.Value.Enabled;

    /// <summary>Makes a title of an exchange; null where that fails, which the log tells.</summary>
    /// <param name="question">What was asked.</param>
    /// <param name="answer">What was answered.</param>
    /// <param name="model">The conversation's own model.</param>
    public async Task<string?> MakeAsync(string question, string answer, string model)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        try
        {
            await free.WaitAsync(patience.Token);
            try
            {
                return catalog.TryGet(options.Value.Model ?? model, out var found)
                    ? TitlePrompt.TitleIn(await AskAsync(found, question, answer, patience.Token))
                    : null;
            }
            finally
            {
                free.Release();
            }
        }
        catch (Exception e)
        {
            LogNoTitle(logger, e, options.Value.Model ?? model);
            return null;
        }
    }

    public void Dispose() => free.Dispose();

    private static async Task<string> AskAsync(Model model, string question, string answer, CancellationToken cancellationToken)
    {
        var text = new StringBuilder();
        await foreach (var update in model.Client.GetStreamingResponseAsync(TitlePrompt.For(question, answer), cancellationToken: cancellationToken))
        {
            text.Append(update.Text);
            if (text.Length > MaxAnswer)
            {
                break;
            }
        }

        return text.ToString();
    }

    [LoggerMessage(LogLevel.Warning, "Model {Model} made no title; the conversation goes without.")]
    private static partial void LogNoTitle(ILogger logger, Exception exception, string model);
}
