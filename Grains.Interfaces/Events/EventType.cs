namespace OrleansChat.Events;

/// <summary>The type of an <see cref="EventLine"/>.</summary>
public enum EventType
{
    /// <summary>
    /// A type that this version does not know. It takes one sequence; an API node, which may be older than its silos, passes it on as it is.
    /// </summary>
    Unknown,

    /// <summary><see cref="Events.ConversationCreated"/>.</summary>
    ConversationCreated,

    /// <summary><see cref="Events.ConversationUpdated"/>.</summary>
    ConversationUpdated,

    /// <summary><see cref="Events.MessageCreated"/>.</summary>
    MessageCreated,

    /// <summary><see cref="Events.MessageQueued"/>.</summary>
    MessageQueued,

    /// <summary><see cref="Events.MessageUnqueued"/>.</summary>
    MessageUnqueued,

    /// <summary><see cref="Events.MessageDeleted"/>.</summary>
    MessageDeleted,

    /// <summary><see cref="Events.HeadMoved"/>.</summary>
    HeadMoved,

    /// <summary><see cref="Events.ReplyStarted"/>.</summary>
    ReplyStarted,

    /// <summary><see cref="Events.ReplyAttached"/>.</summary>
    ReplyAttached,

    /// <summary><see cref="Events.ReplyDelta"/>.</summary>
    ReplyDelta,

    /// <summary><see cref="Events.ReplyReasoning"/>.</summary>
    ReplyReasoning,

    /// <summary><see cref="Events.ReplyToolCall"/>.</summary>
    ReplyToolCall,

    /// <summary><see cref="Events.ReplyRefusal"/>.</summary>
    ReplyRefusal,

    /// <summary>A run of <see cref="Events.ReplyDelta"/> stored as one record; see <see cref="Events.DeltaRun"/>.</summary>
    DeltaRun,

    /// <summary>The same of <see cref="Events.ReplyReasoning"/>.</summary>
    ReasoningRun,

    /// <summary>The same of <see cref="Events.ReplyToolCall"/>, of one call.</summary>
    ToolCallRun,

    /// <summary>The same of <see cref="Events.ReplyRefusal"/>.</summary>
    RefusalRun,

    /// <summary><see cref="Events.ReplyContinued"/>.</summary>
    ReplyContinued,

    /// <summary><see cref="Events.ReplyRestarted"/>.</summary>
    ReplyRestarted,

    /// <summary><see cref="Events.ReplyContext"/>.</summary>
    ReplyContext,

    /// <summary><see cref="Events.ReplyCompleted"/>.</summary>
    ReplyCompleted,

    /// <summary><see cref="Events.ReplyFailed"/>.</summary>
    ReplyFailed,

    /// <summary><see cref="Events.ReplyCancelled"/>.</summary>
    ReplyCancelled,

    /// <summary><see cref="Events.ReplyInterrupted"/>.</summary>
    ReplyInterrupted,
}
