using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace OrleansChat.Silo.Tests.Models.Faults;

/// <summary>Tells when whoever reads a reply has taken the model's end signal: when it asks for what comes after.</summary>
internal sealed class ObservedEnd(IChatClient inner) : IChatClient
{
    private readonly TaskCompletionSource taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it has.</summary>
    public Task Taken => taken.Task;

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await foreach (var update in inner.GetStreamingResponseAsync(messages, options, cancellationToken))
        {
            yield return update;
            if (update.FinishReason is not null)
            {
                taken.TrySetResult();
            }
        }
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public object? GetService(Type serviceType, object? serviceKey = null) => inner.GetService(serviceType, serviceKey);

    public void Dispose()
    {
        // The client inside belongs to the test.
    }
}
