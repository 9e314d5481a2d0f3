using OrleansChat.Conversations;
using OrleansChat.Events;

namespace OrleansChat.Replies;

/// <summary>How a model's stream ended.</summary>
internal abstract record ReplyOutcome
{
    private ReplyOutcome()
    {
    }

    /// <summary>What it cost in tokens, where the model told.</summary>
    public TokenUsage? Usage { get; init; }

    /// <summary>The model that answered, where it is not the one that was asked.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>The event that ends the reply with this outcome.</summary>
    public abstract ReplyEnded ToEvent(long sequence, string message, DateTimeOffset at);

    /// <summary>The model signalled its end.</summary>
    public sealed record Completed(string FinishReason) : ReplyOutcome
    {
        public override ReplyEnded ToEvent(long sequence, string message, DateTimeOffset at) =>
            new ReplyCompleted(message, FinishReason, Usage, at) { Sequence = sequence, AnsweredBy = AnsweredBy };
    }

    /// <summary>The model failed.</summary>
    public sealed record Failed(ReplyError Error) : ReplyOutcome
    {
        public override ReplyEnded ToEvent(long sequence, string message, DateTimeOffset at) =>
            new ReplyFailed(message, Error, Usage, at) { Sequence = sequence, AnsweredBy = AnsweredBy };
    }

    /// <summary>Somebody cancelled it.</summary>
    public sealed record Cancelled : ReplyOutcome
    {
        /// <summary>What remains of it; null for all.</summary>
        public ReplyCut? Cut { get; init; }

        public override ReplyEnded ToEvent(long sequence, string message, DateTimeOffset at) =>
            new ReplyCancelled(message, Usage, at, Cut?.Sequence, Cut?.TextLength, Cut?.ReasoningLength, Cut?.RefusalLength) { Sequence = sequence, AnsweredBy = AnsweredBy };
    }
}
