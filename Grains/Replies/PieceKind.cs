using OrleansChat.Events;

namespace OrleansChat.Replies;

/// <summary>What a <see cref="ReplyPiece"/> is, other than text.</summary>
internal abstract record PieceKind
{
    private PieceKind()
    {
    }

    /// <summary>Whether it says something without any text.</summary>
    public abstract bool HasDetails { get; }

    /// <summary>The event of a piece.</summary>
    public abstract ConversationEvent ToEvent(string reply, string text, long sequence);

    /// <summary>Thinking; with a signature, the end of a block of it.</summary>
    public sealed record Reasoning(string? Signature) : PieceKind
    {
        /// <summary>Thinking that goes on.</summary>
        public static readonly Reasoning Unsigned = new(Signature: null);

        public override bool HasDetails => Signature is not null;

        public override ConversationEvent ToEvent(string reply, string text, long sequence) =>
            new ReplyReasoning(reply, text, Signature) { Sequence = sequence };
    }

    /// <summary>A refusal.</summary>
    public sealed record Refusal : PieceKind
    {
        /// <summary>The one instance needed.</summary>
        public static readonly Refusal Instance = new();

        public override bool HasDetails => false;

        public override ConversationEvent ToEvent(string reply, string text, long sequence) =>
            new ReplyRefusal(reply, text) { Sequence = sequence };
    }

    /// <summary>A piece of a call of a tool; the first has the call's id and name.</summary>
    public sealed record ToolCall(int Index, string? Id = null, string? Name = null) : PieceKind
    {
        public override bool HasDetails => Id is not null || Name is not null;

        public override ConversationEvent ToEvent(string reply, string text, long sequence) =>
            new ReplyToolCall(reply, Index, text, Id, Name) { Sequence = sequence };
    }
}
