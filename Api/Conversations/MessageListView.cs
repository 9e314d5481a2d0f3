namespace OrleansChat.Conversations;

/// <summary>A page of messages, oldest first.</summary>
internal sealed record MessageListView(IReadOnlyList<MessageView> Data, bool HasMore);
