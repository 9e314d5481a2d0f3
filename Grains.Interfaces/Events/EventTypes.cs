namespace OrleansChat.Events;

/// <summary>The names of event types in JSON.</summary>
public static class EventTypes
{
    /// <summary>Whether a reply ends with this event.</summary>
    public static bool IsReplyEnd(this EventType type) => type >= EventType.ReplyCompleted;

    /// <summary>The type that <paramref name="name"/> stands for.</summary>
    public static EventType Parse(ReadOnlySpan<byte> name) => name switch
    {
        _ when name.SequenceEqual("reply.delta"u8) => EventType.ReplyDelta,
        _ when name.SequenceEqual("reply.deltas"u8) => EventType.DeltaRun,
        _ when name.SequenceEqual("message.created"u8) => EventType.MessageCreated,
        _ when name.SequenceEqual("reply.started"u8) => EventType.ReplyStarted,
        _ when name.SequenceEqual("reply.completed"u8) => EventType.ReplyCompleted,
        _ when name.SequenceEqual("reply.failed"u8) => EventType.ReplyFailed,
        _ when name.SequenceEqual("reply.cancelled"u8) => EventType.ReplyCancelled,
        _ when name.SequenceEqual("reply.interrupted"u8) => EventType.ReplyInterrupted,
        _ when name.SequenceEqual("reply.continued"u8) => EventType.ReplyContinued,
        _ when name.SequenceEqual("reply.restarted"u8) => EventType.ReplyRestarted,
        _ when name.SequenceEqual("reply.attached"u8) => EventType.ReplyAttached,
        _ when name.SequenceEqual("message.queued"u8) => EventType.MessageQueued,
        _ when name.SequenceEqual("message.unqueued"u8) => EventType.MessageUnqueued,
        _ when name.SequenceEqual("head.moved"u8) => EventType.HeadMoved,
        _ when name.SequenceEqual("conversation.created"u8) => EventType.ConversationCreated,
        _ when name.SequenceEqual("conversation.updated"u8) => EventType.ConversationUpdated,
        _ => EventType.Unknown,
    };
}
