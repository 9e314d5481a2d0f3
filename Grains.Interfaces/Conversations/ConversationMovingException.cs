namespace OrleansChat.Conversations;

/// <summary>
/// The conversation is leaving the silo that was asked, which is about to stop or has lost the journal to another activation.
/// Nothing happened; the same call succeeds a moment later, elsewhere.
/// </summary>
[GenerateSerializer, Alias("OrleansChat.ConversationMovingException")]
public sealed class ConversationMovingException() : Exception("The conversation is moving to another silo.");
