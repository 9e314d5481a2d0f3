namespace OrleansChat.Streaming;

/// <summary>How long a reader follows a conversation.</summary>
internal enum StreamUntil
{
    /// <summary>For ever.</summary>
    Never,

    /// <summary>Until everything is sent and no reply runs.</summary>
    Idle,

    /// <summary>Until the first reply after the cursor has ended.</summary>
    ReplyEnd,
}
