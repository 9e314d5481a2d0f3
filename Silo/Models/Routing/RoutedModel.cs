using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Routing;

/// <summary>A model as a route has it.</summary>
/// <param name="Name">Its configured name.</param>
/// <param name="Endpoints">Its endpoints, each with its weight; at least one.</param>
/// <param name="Attempts">How often it is asked for one reply at most.</param>
internal sealed record RoutedModel(string Name, ImmutableArray<(ModelEndpoint Endpoint, int Weight)> Endpoints, int Attempts)
{
    /// <summary>How long each attempt waits for its first token.</summary>
    public required TimeSpan FirstTokenTimeout { get; init; }

    /// <inheritdoc cref="RetryOptions.Delay"/>
    public required TimeSpan Delay { get; init; }

    /// <inheritdoc cref="RetryOptions.LongestDelay"/>
    public required TimeSpan LongestDelay { get; init; }

    /// <inheritdoc cref="RetryOptions.LongestRetryAfter"/>
    public required TimeSpan LongestRetryAfter { get; init; }

    /// <summary>What it can do.</summary>
    public required ModelCapabilities Capabilities { get; init; }

    /// <summary>How many tokens an answer may have; null for as many as it makes.</summary>
    public int? MaxOutputTokens { get; init; }

    /// <summary>Whether any of its endpoints is not known to be failing.</summary>
    public bool IsAvailable => Endpoints.Any(endpoint => endpoint.Endpoint.Circuit.IsClosed);

    /// <summary>A request's options, with no more tokens to be answered than this model may, and in the background only where it can.</summary>
    public ChatOptions? Limit(ChatOptions? options)
    {
        var isTooLong = MaxOutputTokens < (options?.MaxOutputTokens ?? int.MaxValue);
        var isBackground = options?.AllowBackgroundResponses == true;
        if (!isTooLong && (!isBackground || Capabilities.Background))
        {
            return options;
        }

        var limited = options?.Clone() ?? new ChatOptions();
        limited.MaxOutputTokens = isTooLong ? MaxOutputTokens : limited.MaxOutputTokens;
        limited.AllowBackgroundResponses = isBackground && Capabilities.Background ? true : null;
        return limited;
    }
}
