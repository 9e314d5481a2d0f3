using OrleansChat.Conversations;

namespace OrleansChat.Dialects.AiSdk.Turns;

/// <summary>What came of a request to a chat.</summary>
/// <param name="Result">What the conversation says.</param>
/// <param name="MessageId">The id of the client's message that the reply continues; null where it begins one.</param>
internal sealed record ChatTurn(SendResult Result, string? MessageId = null);
