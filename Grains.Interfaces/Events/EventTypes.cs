namespace OrleansChat.Events;

/// <summary>The names of event types in JSON.</summary>
public static class EventTypes
{
    /// <summary>Whether a reply ends with this event.</summary>
    public static bool IsReplyEnd(this EventType type) => type >= EventType.ReplyCompleted;

    /// <summary>Whether it adds to a reply: one piece, or a run of them.</summary>
    public static bool IsContent(this EventType type) => type is >= EventType.ReplyDelta and <= EventType.RefusalRun;

    /// <summary>Whether it is a run of pieces.</summary>
    public static bool IsRun(this EventType type) => type is >= EventType.DeltaRun and <= EventType.RefusalRun;

    /// <summary>Whether it adds to what people read of a reply where its thinking and its calls are not shown.</summary>
    public static bool IsSpoken(this EventType type) =>
        type is EventType.ReplyDelta or EventType.DeltaRun or EventType.ReplyRefusal or EventType.RefusalRun;

    /// <summary>The name in JSON of a piece, also of those in a run.</summary>
    internal static ReadOnlySpan<byte> PieceName(EventType type) => type switch
    {
        EventType.ReplyDelta or EventType.DeltaRun => "reply.delta"u8,
        EventType.ReplyReasoning or EventType.ReasoningRun => "reply.reasoning"u8,
        EventType.ReplyToolCall or EventType.ToolCallRun => "reply.tool_call"u8,
        _ => "reply.refusal"u8,
    };

    /// <summary>The name in JSON of a run of pieces.</summary>
    internal static ReadOnlySpan<byte> RunName(EventType type) => type switch
    {
        EventType.ReplyDelta or EventType.DeltaRun => "reply.deltas"u8,
        EventType.ReplyReasoning or EventType.ReasoningRun => "reply.reasonings"u8,
        EventType.ReplyToolCall or EventType.ToolCallRun => "reply.tool_calls"u8,
        _ => "reply.refusals"u8,
    };

    /// <summary>The beginning of the property with which a piece, or a run, ends.</summary>
    internal static ReadOnlySpan<byte> TextProperty(EventType type) =>
        type is EventType.ReplyToolCall or EventType.ToolCallRun ? "\"arguments\":\""u8 : "\"text\":\""u8;

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
        _ when name.SequenceEqual("reply.reasoning"u8) => EventType.ReplyReasoning,
        _ when name.SequenceEqual("reply.reasonings"u8) => EventType.ReasoningRun,
        _ when name.SequenceEqual("reply.tool_call"u8) => EventType.ReplyToolCall,
        _ when name.SequenceEqual("reply.tool_calls"u8) => EventType.ToolCallRun,
        _ when name.SequenceEqual("reply.refusal"u8) => EventType.ReplyRefusal,
        _ when name.SequenceEqual("reply.refusals"u8) => EventType.RefusalRun,
        _ when name.SequenceEqual("reply.continued"u8) => EventType.ReplyContinued,
        _ when name.SequenceEqual("reply.restarted"u8) => EventType.ReplyRestarted,
        _ when name.SequenceEqual("reply.context"u8) => EventType.ReplyContext,
        _ when name.SequenceEqual("reply.attached"u8) => EventType.ReplyAttached,
        _ when name.SequenceEqual("message.queued"u8) => EventType.MessageQueued,
        _ when name.SequenceEqual("message.unqueued"u8) => EventType.MessageUnqueued,
        _ when name.SequenceEqual("message.deleted"u8) => EventType.MessageDeleted,
        _ when name.SequenceEqual("head.moved"u8) => EventType.HeadMoved,
        _ when name.SequenceEqual("conversation.created"u8) => EventType.ConversationCreated,
        _ when name.SequenceEqual("conversation.updated"u8) => EventType.ConversationUpdated,
        _ => EventType.Unknown,
    };
}
