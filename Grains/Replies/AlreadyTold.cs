using System.Collections.Immutable;
using OrleansChat.Contents;
using OrleansChat.Conversations;

namespace OrleansChat.Replies;

/// <summary>Leaves out, of a reply that is told again from its beginning, what the journal has of it already: of each of its texts by itself.</summary>
/// <param name="told">What the journal has.</param>
internal sealed class AlreadyTold(Message told)
{
    private readonly AlreadySaid text = new(told.Content);
    private readonly AlreadySaid reasoning = new(string.Concat(told.Reasoning.Select(block => block.Text)));
    private readonly AlreadySaid refusal = new(told.Refusal ?? "");
    private readonly ImmutableArray<ToolCall> calls = told.ToolCalls;
    private readonly AlreadySaid[] arguments = [.. told.ToolCalls.Select(call => new AlreadySaid(call.Arguments))];
    private int signatures = told.Reasoning.Count(block => block.Signature is not null);

    /// <summary>Whether all that the journal has was told again.</summary>
    public bool IsOver => text.IsOver && reasoning.IsOver && refusal.IsOver && arguments.All(each => each.IsOver);

    /// <summary>What is new of the next piece; may be empty. Null where the piece is not what was told at that place.</summary>
    public ReplyPiece? Next(ReplyPiece piece) => piece.Kind switch
    {
        null => Rest(text, piece.Text, kind: null),
        PieceKind.Reasoning { Signature: not null } when signatures-- > 0 => Rest(reasoning, piece.Text, PieceKind.Reasoning.Unsigned),
        PieceKind.Reasoning => Rest(reasoning, piece.Text, piece.Kind),
        PieceKind.Refusal => Rest(refusal, piece.Text, piece.Kind),
        PieceKind.ToolCall call when call.Index < calls.Length =>
            call.Name is not null && call.Name != calls[call.Index].Name ? null : Rest(arguments[call.Index], piece.Text, new PieceKind.ToolCall(call.Index)),
        _ => piece,
    };

    private static ReplyPiece? Rest(AlreadySaid said, string piece, PieceKind? kind) =>
        said.Next(piece) is { } rest ? new ReplyPiece(rest, kind) : null;
}
