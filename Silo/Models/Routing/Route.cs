using System.Collections.Immutable;
using Microsoft.Extensions.AI;

namespace OrleansChat.Models.Routing;

/// <summary>Where a model's replies come from.</summary>
/// <param name="Models">The model itself, then those that stand in for it, in order.</param>
/// <param name="Budget">How long a reply may be without its first token.</param>
internal sealed record Route(ImmutableArray<RoutedModel> Models, TimeSpan Budget)
{
    /// <summary>The model itself.</summary>
    public RoutedModel Own => Models[0];

    /// <summary>The models that a request may go to.</summary>
    public ImmutableArray<RoutedModel> For(IReadOnlyList<ChatMessage> prompt, ChatOptions? options)
    {
        // What one model has begun no other may continue: nobody would see where the one ends and the other begins.
        if (Models.Length == 1 || IsBegun(prompt))
        {
            return [Own];
        }

        var hasTools = options?.Tools is { Count: > 0 };
        var hasImages = prompt.Any(message => message.Contents.Any(content => content is DataContent or UriContent));
        return [Own, .. Models.Skip(1).Where(model => (model.Capabilities.Tools || !hasTools) && (model.Capabilities.Images || !hasImages))];
    }

    private static bool IsBegun(IReadOnlyList<ChatMessage> prompt) => prompt.Count > 0 && prompt[^1].Role == ChatRole.Assistant;
}
