using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Routing;

/// <summary>
/// A model as those who ask it see it: whichever of its endpoints, or of the models that stand in for it, answers first. Before the first
/// token faults are retried, after it they are passed on. Endpoints belong to the <see cref="EndpointPool"/>.
/// </summary>
internal sealed class RoutedChatClient(Route route, RoutingEnvironment environment) : IChatClient, IBackgroundResponses
{
    /// <summary>Where it asks.</summary>
    public Route Route => route;

    /// <inheritdoc/>
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages,
        ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        if (options?.ContinuationToken is { } token)
        {
            await foreach (var update in ReadOnAsync(RoutedToken.Read(token), messages, options, cancellationToken))
            {
                yield return update;
            }

            yield break;
        }

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
    public async Task StopAsync(ResponseContinuationToken response, CancellationToken cancellationToken)
    {
        var token = RoutedToken.Read(response);
        if (Find(token) is not var (_, endpoint) || endpoint.Client.GetService<IBackgroundResponses>() is not { } provider)
        {
            throw RoutedToken.Lost();
        }

        endpoint.Enter();
        try
        {
            await provider.StopAsync(token.Response, cancellationToken);
        }
        finally
        {
            endpoint.Exit();
        }
    }

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

    // Nobody else knows the response, and the client itself comes back to it: there is nothing to choose, and nothing is asked twice.
    private async IAsyncEnumerable<ChatResponseUpdate> ReadOnAsync(
        RoutedToken token, IEnumerable<ChatMessage> messages, ChatOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (Find(token) is not var (owner, endpoint))
        {
            throw RoutedToken.Lost();
        }

        var own = options.Clone();
        own.ContinuationToken = token.Response;
        var model = owner == route.Own ? null : owner.Name;
        endpoint.Enter();
        try
        {
            await foreach (var update in endpoint.Client.GetStreamingResponseAsync(messages, own, cancellationToken))
            {
                yield return Mark(update, endpoint, model);
            }
        }
        finally
        {
            endpoint.Exit();
        }
    }

    private (RoutedModel Model, ModelEndpoint Endpoint)? Find(RoutedToken token)
    {
        foreach (var model in route.Models)
        {
            foreach (var (endpoint, _) in model.Endpoints)
            {
                if (endpoint.Place == token.Place)
                {
                    return (model, endpoint);
                }
            }
        }

        return null;
    }

    private static ChatResponseUpdate Mark(ChatResponseUpdate update, Attempt attempt, string? model)
    {
        attempt.HasEnded |= update.FinishReason is not null;
        return Mark(update, attempt.Step.Endpoint, model);
    }

    // Which model an endpoint says that it has is its own affair.
    private static ChatResponseUpdate Mark(ChatResponseUpdate update, ModelEndpoint endpoint, string? model)
    {
        update.ModelId = model;
        if (update.ContinuationToken is { } token)
        {
            update.ContinuationToken = new RoutedToken(endpoint.Place, token);
        }

        return update;
    }
}
