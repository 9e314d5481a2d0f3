using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Limiting;

namespace OrleansChat.Replies;

/// <summary>How a model's stream ended.</summary>
internal abstract record ReplyOutcome
{
    private ReplyOutcome()
    {
    }

    /// <summary>What it cost in tokens.</summary>
    public TokenUsage Usage { get; init; } = TokenUsage.None;

    /// <summary>Whether a model was asked at all.</summary>
    public bool WasAsked { get; init; }

    /// <summary>The name of the model that answered, where it says so and it may be another than the one that was asked; null elsewhere.</summary>
    public string? AnsweredBy { get; init; }

    /// <summary>The event that ends the reply with this outcome.</summary>
    public abstract ReplyEnded ToEvent(long sequence, string message, DateTimeOffset at);

    /// <summary>The model signalled its end.</summary>
    public sealed record Completed(string FinishReason) : ReplyOutcome
    {
        public override ReplyEnded ToEvent(long sequence, string message, DateTimeOffset at) =>
            new ReplyCompleted(message, FinishReason, Usage, at) { Sequence = sequence };
    }

    /// <summary>It was stopped, or not begun, because its owner has no tokens left.</summary>
    public sealed record OutOfBudget : ReplyOutcome
    {
        public override ReplyEnded ToEvent(long sequence, string message, DateTimeOffset at) =>
            new ReplyCompleted(message, FinishReason.Budget, Usage, at) { Sequence = sequence };
    }

    /// <summary>The model failed.</summary>
    public sealed record Failed(ReplyError Error) : ReplyOutcome
    {
        public override ReplyEnded ToEvent(long sequence, string message, DateTimeOffset at) =>
            new ReplyFailed(message, Error, Usage, at) { Sequence = sequence };
    }

    /// <summary>The provider's own response cannot be read on. Usually nobody's end: the reply is taken over by the next best means.</summary>
    public sealed record Detached : ReplyOutcome
    {
        public override ReplyEnded ToEvent(long sequence, string message, DateTimeOffset at) =>
            new ReplyInterrupted(message, Usage, at) { Sequence = sequence, AnsweredBy = AnsweredBy };
    }

    /// <summary>Somebody cancelled it.</summary>
    public sealed record Cancelled : ReplyOutcome
    {
        /// <summary>What remains of it; null for all.</summary>
        public ReplyCut? Cut { get; init; }

        /// <summary>Whether only the reading ends: what the provider produces by itself, somebody else may read on.</summary>
        public bool IsLetGo { get; init; }

        public override ReplyEnded ToEvent(long sequence, string message, DateTimeOffset at) =>
            new ReplyCancelled(message, Usage, at, Cut?.Sequence, Cut?.TextLength, Cut?.ReasoningLength, Cut?.RefusalLength) { Sequence = sequence };
    }
}
