namespace OrleansChat.Dialects.DurableStreams;

/// <summary>What a read does where the stream has nothing more.</summary>
internal enum LiveMode
{
    /// <summary>It answers with what there is.</summary>
    CatchUp,

    /// <summary>It waits for the next events and answers with those.</summary>
    LongPoll,

    /// <summary>It answers with server-sent events, as they come.</summary>
    Sse,
}
