using System.Collections.Immutable;
using OrleansChat.Conversations;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>A reply as the AI SDK has it: a step of a message, or all the steps up to it, which is then one message.</summary>
/// <param name="Key">The conversation.</param>
/// <param name="Question">The message that it replies to, which may wait in the queue.</param>
/// <param name="Reply">The reply's id; null as long as it waits and has none.</param>
/// <param name="Before">The sequence before its first event.</param>
internal sealed record UiReply(ConversationKey Key, string Question, string? Reply, long Before)
{
    /// <summary>The prefix of messages' ids.</summary>
    public const string MessagePrefix = "msg_";

    /// <summary>The prefix of ids by which a stream is followed.</summary>
    public const string RunPrefix = "run_";

    /// <summary>The id of the message that it belongs to; null where the reply begins one.</summary>
    public string? MessageId { get; init; }

    /// <summary>The steps before it that are to be told too, and what tools have answered to them.</summary>
    public ImmutableHashSet<string> Earlier { get; init; } = [];

    /// <summary>The id by which this stream is followed.</summary>
    public string RunId => ReplyId.Of(RunPrefix, Key.Id, Reply ?? Question);

    /// <summary>The id that clients know a message by.</summary>
    public string IdOf(string message) => ReplyId.Of(MessagePrefix, Key.Id, message);
}
