using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Routing;

/// <summary>
/// A model as those who ask it see it: whichever of its endpoints, or of the models that stand in for it, answers first. Before the first
/// token faults are retried, after it they are passed on. Endpoints belong to the <see cref="EndpointPool"/>.
/// </summary>
internal sealed class RoutedChatClient(Route route, RoutingEnvironment environment) : IChatClient
{
    /// <summary>Where it asks.</summary>
    public Route Route => route;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await using var answer = new RoutedAnswer(route, messages as IReadOnlyList<ChatMessage> ?? [.. messages], options, environment, cancellationToken);
        var beginning = await answer.BeginAsync();
        var (attempt, model) = (answer.Attempt, answer.ModelId);
        foreach (var update in beginning)
        {
            yield return Mark(update, attempt, model);
        }

        // Runs once a token: nothing is allocated here, nor caught; the attempt sees where it was left.
        attempt.IsWaiting = true;
        while (await attempt.Updates.MoveNextAsync())
        {
            attempt.IsWaiting = false;
            yield return Mark(attempt.Updates.Current, attempt, model);
            attempt.IsWaiting = true;
        }
    }

    /// <inheritdoc/>
    public Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    /// <inheritdoc/>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        return serviceKey is null && serviceType.IsInstanceOfType(this) ? this : route.Own.Endpoints[0].Endpoint.Client.GetService(serviceType, serviceKey);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // Holds nothing.
    }

    // Which model an endpoint says that it has is its own affair.
    private static ChatResponseUpdate Mark(ChatResponseUpdate update, Attempt attempt, string? model)
    {
        update.ModelId = model;
        attempt.HasEnded |= update.FinishReason is not null;
        return update;
    }
}
