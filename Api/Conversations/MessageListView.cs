namespace OrleansChat.Conversations;

/// <summary>A page of messages, in the order asked for.</summary>
/// <param name="Data">The messages.</param>
/// <param name="HasMore">Whether more follow; of a page before a message, whether more precede.</param>
/// <param name="Head">The message that the active branch ends with; null where there is none.</param>
internal sealed record MessageListView(IReadOnlyList<MessageView> Data, bool HasMore, string? Head);
