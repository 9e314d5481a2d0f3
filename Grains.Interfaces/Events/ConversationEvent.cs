using System.Collections.Immutable;
using System.Text.Json.Serialization;
using OrleansChat.Contents;
using OrleansChat.Conversations;
using OrleansChat.Generation;

namespace OrleansChat.Events;

/// <summary>
/// One numbered fact in a conversation's journal. Its JSON, with <c>type</c> and <c>sequence</c> first, is made once and is
/// what journals hold, streams carry and native clients read: a change of a name here is a change of all three.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ConversationCreated), "conversation.created")]
[JsonDerivedType(typeof(ConversationUpdated), "conversation.updated")]
[JsonDerivedType(typeof(MessageCreated), "message.created")]
[JsonDerivedType(typeof(MessageQueued), "message.queued")]
[JsonDerivedType(typeof(MessageUnqueued), "message.unqueued")]
[JsonDerivedType(typeof(MessageDeleted), "message.deleted")]
[JsonDerivedType(typeof(HeadMoved), "head.moved")]
[JsonDerivedType(typeof(ReplyStarted), "reply.started")]
[JsonDerivedType(typeof(ReplyContext), "reply.context")]
[JsonDerivedType(typeof(ReplyAttached), "reply.attached")]
[JsonDerivedType(typeof(ReplyDelta), "reply.delta")]
[JsonDerivedType(typeof(ReplyReasoning), "reply.reasoning")]
[JsonDerivedType(typeof(ReplyToolCall), "reply.tool_call")]
[JsonDerivedType(typeof(ReplyRefusal), "reply.refusal")]
[JsonDerivedType(typeof(ReplyContinued), "reply.continued")]
[JsonDerivedType(typeof(ReplyRestarted), "reply.restarted")]
[JsonDerivedType(typeof(ReplyCompleted), "reply.completed")]
[JsonDerivedType(typeof(ReplyFailed), "reply.failed")]
[JsonDerivedType(typeof(ReplyCancelled), "reply.cancelled")]
[JsonDerivedType(typeof(ReplyInterrupted), "reply.interrupted")]
public abstract record ConversationEvent
{
    /// <summary>The event's number in its conversation: 1, 2, 3 … without a gap.</summary>
    [JsonPropertyOrder(-1)]
    public required long Sequence { get; init; }

    /// <summary>Its type, and nothing of what it says: where Orleans logs a message, it logs what that carries.</summary>
    public sealed override string ToString() => GetType().Name;
}

/// <summary>The conversation exists. Always the first event.</summary>
public sealed record ConversationCreated(
    string? Title,
    string Model,
    string? System,
    ImmutableSortedDictionary<string, string> Metadata,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Request = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fingerprint = null) : ConversationEvent
{
    /// <inheritdoc cref="Conversation.IsTransient"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Transient { get; init; }
}

/// <summary>Attributes changed; all of them as they are now.</summary>
public sealed record ConversationUpdated(
    string? Title,
    string Model,
    string? System,
    ImmutableSortedDictionary<string, string> Metadata,
    DateTimeOffset At) : ConversationEvent;

/// <summary>A message that is whole was added, and is the head now.</summary>
/// <param name="Message">The message's id.</param>
/// <param name="Parent">The id of the message that it follows; null for the first.</param>
/// <param name="Role">Who says it.</param>
/// <param name="Content">What is said: all of its text.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Request">The request that it came with; null where that cannot be repeated.</param>
/// <param name="Fingerprint">What the request was, so that another of the same name can be told from it; null where nobody named it.</param>
public sealed record MessageCreated(
    string Message,
    string? Parent,
    MessageRole Role,
    string Content,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Request = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fingerprint = null) : ConversationEvent
{
    /// <summary>What it consists of, where that is more than text; null elsewhere.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ContentPart>? Parts { get; init; }

    /// <summary>What tools have answered, of a message of theirs, whose content is empty; null for others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ToolResult>? ToolResults { get; init; }

    /// <summary>The tool calls of a model's message that was made elsewhere; null for others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ToolCall>? ToolCalls { get; init; }

    /// <summary>The thinking of a model's message that was made elsewhere; null for others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ReasoningBlock>? Reasoning { get; init; }

    /// <summary>The words in which a model refused in a message that was made elsewhere; null for others.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Refusal { get; init; }
}

/// <summary>A message, or another reply, waits until the running reply and those that wait before it have ended.</summary>
/// <param name="Message">The id that it is going to have.</param>
/// <param name="Role"><c>user</c> or <c>system</c> for a message, <c>tool</c> for what tools have answered, <c>assistant</c> for another reply.</param>
/// <param name="Content">What is said; null for another reply.</param>
/// <param name="Parent">What it is going to follow; null for nothing, or where <paramref name="Follows"/> says so.</param>
/// <param name="Follows">Whether it follows the reply that ends before it starts.</param>
/// <param name="Model">The name of the model to reply.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Request">The request that it came with; null where that cannot be repeated.</param>
/// <param name="Fingerprint">What the request was; null where nobody named it.</param>
public sealed record MessageQueued(
    string Message,
    MessageRole Role,
    string? Content,
    string? Parent,
    bool Follows,
    string Model,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Request = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fingerprint = null) : ConversationEvent
{
    /// <inheritdoc cref="MessageCreated.Parts"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ContentPart>? Parts { get; init; }

    /// <inheritdoc cref="MessageCreated.ToolResults"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<ToolResult>? ToolResults { get; init; }

    /// <summary>How the reply is to be made; null for as the model has it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GenerationOptions? Options { get; init; }

    /// <summary>What goes before it, in the same place; null for nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ImmutableArray<PrecedingMessage>? Preceding { get; init; }
}

/// <summary>Somebody took it out of the queue.</summary>
/// <param name="Message">The id that it was going to have.</param>
/// <param name="At">When (UTC).</param>
public sealed record MessageUnqueued(string Message, DateTimeOffset At) : ConversationEvent;

/// <summary>
/// A message is gone: nobody is shown it any more, no model either. What followed it follows what it followed, and so does the head. It may be
/// one that was taken out of the queue before.
/// </summary>
/// <param name="Message">The message's id.</param>
/// <param name="At">When (UTC).</param>
public sealed record MessageDeleted(string Message, DateTimeOffset At) : ConversationEvent;

/// <summary>Another branch is the active one.</summary>
/// <param name="Message">The id of the message that it ends with.</param>
/// <param name="At">When (UTC).</param>
public sealed record HeadMoved(string Message, DateTimeOffset At) : ConversationEvent;
