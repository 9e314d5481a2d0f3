namespace OrleansChat.Conversations;

/// <summary>Whether a model is producing a reply in a conversation.</summary>
[GenerateSerializer, Alias("OrleansChat.ConversationStatus")]
public enum ConversationStatus
{
    /// <summary>No reply runs; a message can be sent.</summary>
    Idle,

    /// <summary>A reply runs.</summary>
    Replying,
}
