using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OrleansChat.Models;
using OrleansChat.Telemetry;

namespace OrleansChat.Middleware;

/// <summary>Watches a model's streams where somebody listens to telemetry; elsewhere they pass by untouched.</summary>
internal sealed class TelemetryChatClient(IChatClient inner, ModelInfo model, ModelTelemetryOptions telemetry) : DelegatingChatClient(inner)
{
    private readonly ChatClientMetadata? metadata = inner.GetService<ChatClientMetadata>();

    public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        ModelCall.IsObserved
            ? ObserveAsync(messages, options, cancellationToken)
            : base.GetStreamingResponseAsync(messages, options, cancellationToken);

    public override Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    private async IAsyncEnumerable<ChatResponseUpdate> ObserveAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IReadOnlyList<ChatMessage> asked = messages as IReadOnlyList<ChatMessage> ?? [.. messages];
        using var call = ModelCall.Start(model.Id, metadata, asked, options, telemetry.CaptureContent);
        await using var updates = base.GetStreamingResponseAsync(asked, options, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (true)
        {
            try
            {
                if (!await updates.MoveNextAsync())
                {
                    break;
                }
            }
            catch (Exception e)
            {
                call.Failed(e is ModelException known ? known.Code : e.GetType().FullName!);
                throw;
            }

            call.Received(updates.Current);
            yield return updates.Current;
        }
    }
}
