namespace OrleansChat.Conversations;

/// <summary>What waits in a conversation, the next first.</summary>
/// <param name="Data">Everything that waits.</param>
/// <param name="Limit">How many may.</param>
internal sealed record QueueView(IReadOnlyList<QueuedMessage> Data, int Limit);
