namespace OrleansChat.Streaming;

/// <summary>How long a reader follows a conversation.</summary>
internal enum StreamUntil
{
    /// <summary>For ever.</summary>
    Never,

    /// <summary>Until everything is sent and no reply runs.</summary>
    Idle,

    /// <summary>Until the reply that is awaited has ended; where none is named, the first after the cursor.</summary>
    ReplyEnd,
}
