namespace OrleansChat.Context;

/// <summary>A message as far as it matters for fitting a conversation to a window.</summary>
/// <param name="Role">What it is.</param>
/// <param name="Tokens">How many tokens it takes, 0 or more.</param>
internal sealed record ContextItem(ContextRole Role, long Tokens)
{
    /// <summary>The ids of the tool calls that it makes.</summary>
    public IReadOnlyList<string> Calls { get; init; } = [];

    /// <summary>The ids of the tool calls whose results it has.</summary>
    public IReadOnlyList<string> Results { get; init; } = [];
}
