using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Testing.Time;

namespace OrleansChat.Testing.Models;

/// <summary>All that a model's stream gave, its fault included.</summary>
/// <param name="Pieces">The texts, in order; empty ones left out.</param>
/// <param name="FinishReasons">The end signals; a good reply has exactly one.</param>
/// <param name="Usages">The usages, <c>input/output</c>; a good reply has one at most.</param>
/// <param name="Fault">How the model failed, or null.</param>
public sealed record CollectedReply(
    IReadOnlyList<string> Pieces, IReadOnlyList<string> FinishReasons, IReadOnlyList<string> Usages, ModelException? Fault)
{
    /// <summary>The whole text.</summary>
    public string Text => string.Concat(Pieces);

    /// <summary>Reads a stream to its end or its <see cref="ModelException"/>; other exceptions are thrown.</summary>
    public static async Task<CollectedReply> FromAsync(IAsyncEnumerable<ChatResponseUpdate> updates)
    {
        List<string> pieces = [];
        List<string> finishReasons = [];
        List<string> usages = [];
        ModelException? fault = null;
        try
        {
            await foreach (var update in updates)
            {
                pieces.AddRange(update.Contents.OfType<TextContent>().Select(content => content.Text).Where(text => text.Length > 0));
                usages.AddRange(update.Contents.OfType<UsageContent>()
                    .Select(content => $"{content.Details.InputTokenCount}/{content.Details.OutputTokenCount}"));
                if (update.FinishReason is { } reason)
                {
                    finishReasons.Add(reason.Value);
                }
            }
        }
        catch (ModelException exception)
        {
            fault = exception;
        }

        return new CollectedReply(pieces, finishReasons, usages, fault);
    }

    /// <summary>Asks a model one question, and reads the reply.</summary>
    /// <exception cref="TimeoutException">The reply did not end within <see cref="TestLimits.Signal"/>.</exception>
    public static Task<CollectedReply> AskAsync(IChatClient client, string question, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(client);
        return FromAsync(client.GetStreamingResponseAsync([new ChatMessage(ChatRole.User, question)], options: null, cancellationToken))
            .WaitAsync(TestLimits.Signal, CancellationToken.None);
    }
}
