namespace OrleansChat.Conversations;

/// <summary>What came of <see cref="IConversationGrain.DeleteMessage"/>.</summary>
[GenerateSerializer, Alias("OrleansChat.DeleteMessageResult")]
public enum DeleteMessageResult
{
    /// <summary>The message is gone, now or since before.</summary>
    Deleted,

    /// <summary>It is the running reply, or what that replies to, and stays.</summary>
    Running,

    /// <summary>There never was such a message, or not for this caller; what waits in the queue is no message yet.</summary>
    NotFound,
}
