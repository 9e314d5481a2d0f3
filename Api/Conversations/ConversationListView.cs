namespace OrleansChat.Conversations;

/// <summary>A page of conversations, newest first.</summary>
internal sealed record ConversationListView(IReadOnlyList<ConversationView> Data, bool HasMore);
