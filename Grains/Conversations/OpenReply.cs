using OrleansChat.Events;
using OrleansChat.Generation;

namespace OrleansChat.Conversations;

/// <summary>A reply that has started and not ended, as its events tell it.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Model">The name of the model that was asked.</param>
/// <param name="StartedAt">When it started (UTC).</param>
/// <param name="Attempts">How often it was taken over.</param>
internal sealed record OpenReply(string Message, string Model, DateTimeOffset StartedAt, int Attempts)
{
    /// <summary>How it is to be made; null for as the model has it.</summary>
    public GenerationOptions? Options { get; init; }

    /// <summary>What the attempts that are over cost, as far as that is known; null for nothing.</summary>
    public TokenUsage? Spent { get; init; }

    /// <summary>How much of the text, in UTF-16 code units, earlier attempts have written.</summary>
    public int ContinuedFrom { get; init; }

    /// <summary>What the model is not shown; null where it is shown everything.</summary>
    public MessageContext? Context { get; init; }

    /// <summary>How to go on reading what its model's provider produces by itself; null where it does not, or where that is void.</summary>
    public string? Attachment { get; init; }
}
