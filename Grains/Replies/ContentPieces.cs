using Microsoft.Extensions.AI;
using OrleansChat.Models;

namespace OrleansChat.Replies;

/// <summary>Makes pieces for the journal of what one stream of a model holds: no half characters, calls told apart by their number.</summary>
internal sealed class ContentPieces
{
    private readonly TextPieces text = new();

    // Few replies have any of these.
    private TextPieces? thought;
    private TextPieces? refusal;
    private ToolCallPieces? calls;

    /// <summary>The piece that a content is; an empty one for a content that says nothing, or not yet.</summary>
    public ReplyPiece Next(AIContent content) => content switch
    {
        TextContent said => new ReplyPiece(text.Next(said.Text)),
        TextReasoningContent { ProtectedData: { Length: > 0 } signature } end =>
            new ReplyPiece((thought ??= new TextPieces()).Next(end.Text), new PieceKind.Reasoning(signature)),
        TextReasoningContent piece => new ReplyPiece((thought ??= new TextPieces()).Next(piece.Text), PieceKind.Reasoning.Unsigned),
        RefusalPiece piece => new ReplyPiece((refusal ??= new TextPieces()).Next(piece.Text), PieceKind.Refusal.Instance),
        ToolCallPiece piece => (calls ??= new ToolCallPieces()).Next(piece),
        FunctionCallContent call => (calls ??= new ToolCallPieces()).Next(call),
        _ => new ReplyPiece(""),
    };

    /// <summary>What is left at the end of the stream.</summary>
    public IEnumerable<ReplyPiece> Last() =>
    [
        new ReplyPiece(thought?.Last() ?? "", PieceKind.Reasoning.Unsigned),
        new ReplyPiece(text.Last()),
        new ReplyPiece(refusal?.Last() ?? "", PieceKind.Refusal.Instance),
        .. calls?.Last() ?? [],
    ];
}
