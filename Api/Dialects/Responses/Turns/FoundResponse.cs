using OrleansChat.Conversations;

namespace OrleansChat.Dialects.Responses.Turns;

/// <summary>A response that there is.</summary>
/// <param name="Key">Which one.</param>
/// <param name="Conversation">Its conversation.</param>
/// <param name="Reply">The reply's id; null where it has none yet, because it waits in the queue.</param>
/// <param name="Message">The reply; null as long as it waits in the queue, and where somebody took it out of that.</param>
internal sealed record FoundResponse(ResponseKey Key, PatientConversation Conversation, string? Reply, Message? Message);
