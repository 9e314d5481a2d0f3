namespace OrleansChat.Streaming;

/// <summary>A response that follows a conversation.</summary>
internal interface IReader
{
    /// <summary>How many of the events that this node knows of it has not written yet.</summary>
    long Lag { get; }
}
