using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using OrleansChat.Models;

namespace OrleansChat.Silo.Tests.Models.Routing;

/// <summary>A model that sends one thing, and breaks.</summary>
internal sealed class BreakingChatClient(AIContent first) : IChatClient
{
    /// <summary>How often it was asked.</summary>
    public int Requests { get; private set; }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        Requests++;
        yield return new ChatResponseUpdate(ChatRole.Assistant, [first]);
        await Task.Yield();
        throw new ModelException(ModelErrors.Error, "It broke.");
    }

    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose()
    {
        // Holds nothing.
    }
}
