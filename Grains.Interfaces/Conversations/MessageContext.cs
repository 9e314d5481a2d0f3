namespace OrleansChat.Conversations;

/// <summary>How a conversation was fitted to the window of a reply's model: what the model was not shown.</summary>
/// <param name="DroppedMessages">How many messages at the beginning of the branch were left out, 0 or more.</param>
/// <param name="FirstKept">The id of the first message that was shown.</param>
/// <param name="Summarized">Whether a summary took the place of what was left out.</param>
/// <param name="InputTokensEstimated">How many tokens the model was shown, as estimated.</param>
[GenerateSerializer, Immutable, Alias("OrleansChat.MessageContext")]
public sealed record MessageContext(
    [property: Id(0)] int DroppedMessages,
    [property: Id(1)] string? FirstKept,
    [property: Id(2)] bool Summarized,
    [property: Id(3)] long InputTokensEstimated);
