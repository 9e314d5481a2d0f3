using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OrleansChat.Models;

namespace OrleansChat.Middleware;

/// <summary>Asks filters about what goes to a model and what comes from it.</summary>
internal sealed class FilteredChatClient(IChatClient inner, ModelInfo model, IReadOnlyList<IContentFilter> filters) : DelegatingChatClient(inner)
{
    public override async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        IReadOnlyList<ChatMessage> asked = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        foreach (var filter in filters)
        {
            if (IsStop(await filter.CheckInputAsync(model, asked, cancellationToken)))
            {
                // No model was asked, so this is what it cost.
                yield return Stop(new UsageContent(new UsageDetails { InputTokenCount = 0, OutputTokenCount = 0 }));
                yield break;
            }
        }

        IReplyFilter[] watching = [.. filters.Select(filter => filter.WatchReply(model, asked)).OfType<IReplyFilter>()];
        await foreach (var update in base.GetStreamingResponseAsync(asked, options, cancellationToken))
        {
            foreach (var filter in watching)
            {
                if (IsStop(await filter.CheckAsync(update, cancellationToken)))
                {
                    // Leaving the stream aborts the request.
                    yield return Stop();
                    yield break;
                }
            }

            yield return update;
        }
    }

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    private static bool IsStop(ContentVerdict verdict) => verdict is ContentVerdict.Refused refused
        ? throw new ModelException(ModelErrors.ContentRefused, refused.Message)
        : verdict is ContentVerdict.Stopped;

    private static ChatResponseUpdate Stop(params AIContent[] contents) =>
        new(ChatRole.Assistant, contents) { FinishReason = ChatFinishReason.ContentFilter };
}
