using System.Text.Json.Serialization;
using OrleansChat.Contents;
using OrleansChat.Generation;

namespace OrleansChat.Events;

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
