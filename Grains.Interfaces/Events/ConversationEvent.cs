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

/// <summary>A model starts to reply; the reply is the head now.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Parent">The id of the message that it replies to.</param>
/// <param name="Model">The model's name.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Request">The request that asked for another reply; null where that cannot be repeated, and for the reply to a new message.</param>
/// <param name="Fingerprint">What the request was; null where nobody named it.</param>
public sealed record ReplyStarted(
    string Message,
    string Parent,
    string Model,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Request = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Fingerprint = null) : ConversationEvent
{
    /// <inheritdoc cref="MessageQueued.Options"/>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GenerationOptions? Options { get; init; }
}

/// <summary>
/// The conversation did not fit into the window of the reply's model, and some of it was left out. Comes before the reply's text, where there is need for it.
/// </summary>
/// <param name="Message">The reply's id.</param>
/// <param name="DroppedMessages">How many messages at the beginning of the branch were left out, 1 or more.</param>
/// <param name="FirstKept">The id of the first message that the model was shown.</param>
/// <param name="Summarized">Whether a summary took the place of what was left out.</param>
/// <param name="InputTokensEstimated">How many tokens the model was shown, as estimated.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Summary">The summary, where it was made for this reply; null where an earlier reply has it, or there is none.</param>
public sealed record ReplyContext(
    string Message,
    int DroppedMessages,
    string? FirstKept,
    bool Summarized,
    long InputTokensEstimated,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Summary = null) : ConversationEvent;

/// <summary>The model's provider produces the reply by itself, also while nobody reads it. Nothing that clients need to act on.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Token">How to go on reading it, in Base64; what it says is the model client's own affair.</param>
public sealed record ReplyAttached(string Message, string Token) : ConversationEvent;

/// <summary>A piece of a reply's text. <see cref="EventLine"/> relies on <c>text</c> being the last property.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Text">The piece: not empty, never half a surrogate pair.</param>
public sealed record ReplyDelta(string Message, string Text) : ConversationEvent, IReplyContent;

/// <summary>A piece of what the model thinks before it speaks. <see cref="EventLine"/> relies on <c>text</c> being the last property.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Text">The piece, never half a surrogate pair; empty only with a signature.</param>
/// <param name="Signature">Ends a <see cref="ReasoningBlock"/>, whose signature it is; null within one.</param>
public sealed record ReplyReasoning(
    string Message,
    [property: JsonPropertyOrder(1)] string Text,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Signature = null) : ConversationEvent, IReplyContent;

/// <summary>A piece of a call of a tool. <see cref="EventLine"/> relies on <c>arguments</c> being the last property.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Index">Which of the reply's calls, from 0; one that is new is the next number.</param>
/// <param name="Arguments">A piece of the arguments, never half a surrogate pair; may be empty with an id or name.</param>
/// <param name="Id">The call's id, in its first piece; null in the others.</param>
/// <param name="Name">The tool's name, in the call's first piece; null in the others.</param>
public sealed record ReplyToolCall(
    string Message,
    int Index,
    [property: JsonPropertyOrder(1)] string Arguments,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Id = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name = null) : ConversationEvent, IReplyContent;

/// <summary>A piece of the words in which the model refuses to answer. <see cref="EventLine"/> relies on <c>text</c> being the last property.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Text">The piece: not empty, never half a surrogate pair.</param>
public sealed record ReplyRefusal(string Message, string Text) : ConversationEvent, IReplyContent;

/// <summary>Whoever produced the reply is gone, and somebody else goes on with it. Counts what that reply has been through.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Attempt">Which taking over it is, from 1.</param>
/// <param name="At">When (UTC).</param>
public abstract record ReplyTakenOver(string Message, int Attempt, DateTimeOffset At) : ConversationEvent
{
    /// <summary>What the attempt that is over is estimated to have cost; null where it is not known to have reached the model.</summary>
    [JsonPropertyOrder(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TokenUsage? Usage { get; init; }
}

/// <summary>The reply goes on; the text so far stands.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Attempt">Which taking over it is, from 1.</param>
/// <param name="At">When (UTC).</param>
public sealed record ReplyContinued(string Message, int Attempt, DateTimeOffset At) : ReplyTakenOver(Message, Attempt, At);

/// <summary>The reply begins anew: its text so far is void, with all else that it had, and clients clear it.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Attempt">Which taking over it is, from 1.</param>
/// <param name="At">When (UTC).</param>
public sealed record ReplyRestarted(string Message, int Attempt, DateTimeOffset At) : ReplyTakenOver(Message, Attempt, At);

/// <summary>A reply's one and only end.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Usage">What it cost in tokens; null in journals of earlier versions, and where an import did not say.</param>
/// <param name="At">When (UTC).</param>
public abstract record ReplyEnded(
    string Message,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] TokenUsage? Usage,
    DateTimeOffset At) : ConversationEvent
{
    /// <summary>
    /// The name of the configured model that was asked last, which is a fallback where it is not the one that the reply was started with.
    /// Null where none was asked; and in journals of earlier versions where it is the same.
    /// </summary>
    [JsonPropertyOrder(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AnsweredBy { get; init; }

    /// <summary>What it cost by the prices of the time; null where the model has none.</summary>
    [JsonPropertyOrder(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReplyCost? Cost { get; init; }

    /// <summary>Whether it was made elsewhere, and so is in no ledger here.</summary>
    [JsonPropertyOrder(1), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Imported { get; init; }
}

/// <summary>The model itself ended the reply.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="FinishReason">The model's word for why: <c>stop</c>, <c>length</c>, <c>tool_calls</c> or <c>content_filter</c>.</param>
/// <param name="Usage">What it cost in tokens; null in journals of earlier versions, and where an import did not say.</param>
/// <param name="At">When (UTC).</param>
public sealed record ReplyCompleted(string Message, string FinishReason, TokenUsage? Usage, DateTimeOffset At)
    : ReplyEnded(Message, Usage, At);

/// <summary>The model failed, or its stream ended without its end signal. What came before stays.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Error">What went wrong.</param>
/// <param name="Usage">What it cost in tokens; null in journals of earlier versions, and where an import did not say.</param>
/// <param name="At">When (UTC).</param>
public sealed record ReplyFailed(string Message, ReplyError Error, TokenUsage? Usage, DateTimeOffset At)
    : ReplyEnded(Message, Usage, At);

/// <summary>Somebody cancelled the reply. What came before stays, or as much of it as he had read.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Usage">What it cost in tokens; null in journals of earlier versions, and where an import did not say.</param>
/// <param name="At">When (UTC).</param>
/// <param name="AtSequence">The sequence of the last event whose text is the reply's; null for all.</param>
/// <param name="TextLength">
/// The length of that text in UTF-16 code units; deltas beyond it are void. Null for all. A reply that was cut calls no tools.
/// </param>
/// <param name="ReasoningLength">The same of its thinking; null for all, or none.</param>
/// <param name="RefusalLength">The same of its refusal; null for all, or none.</param>
public sealed record ReplyCancelled(
    string Message,
    TokenUsage? Usage,
    DateTimeOffset At,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] long? AtSequence = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? TextLength = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? ReasoningLength = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] int? RefusalLength = null) : ReplyEnded(Message, Usage, At);

/// <summary>Whoever produced the reply is gone, and nobody may go on with it. What came before stays.</summary>
/// <param name="Message">The reply's id.</param>
/// <param name="Usage">What it cost in tokens; null in journals of earlier versions, and where an import did not say.</param>
/// <param name="At">When (UTC).</param>
public sealed record ReplyInterrupted(string Message, TokenUsage? Usage, DateTimeOffset At) : ReplyEnded(Message, Usage, At);
