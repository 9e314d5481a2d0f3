namespace OrleansChat.Conversations;

/// <summary>Where a message is: in the conversation, in its queue, or, with neither, nowhere.</summary>
/// <param name="Message">The message; null unless it is in the conversation.</param>
/// <param name="Waiting">What waits; null unless it is in the queue.</param>
internal readonly record struct FoundMessage(Message? Message, QueuedMessage? Waiting);
