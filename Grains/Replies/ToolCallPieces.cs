using Microsoft.Extensions.AI;
using OrleansChat.Models;

namespace OrleansChat.Replies;

/// <summary>
/// Brings the pieces of a model's tool calls into the form that the journal relies on: calls are numbered from 0 without a gap, the first
/// piece of each has an id of its own and a name, and no piece ends with half a surrogate pair.
/// </summary>
internal sealed class ToolCallPieces
{
    /// <summary>How many calls one reply may have. A model that asks for more has lost its way.</summary>
    internal const int MaxCalls = 128;

    private readonly List<(int Upstream, string Id, TextPieces Arguments)> calls = [];

    /// <summary>The piece to pass on.</summary>
    /// <exception cref="ModelException">There are too many calls.</exception>
    public ReplyPiece Next(ToolCallPiece piece)
    {
        var index = calls.FindLastIndex(call => call.Upstream == piece.Index);
        if (index >= 0)
        {
            // An id or a name that is repeated says nothing new.
            return new ReplyPiece(calls[index].Arguments.Next(piece.Arguments), new PieceKind.ToolCall(index));
        }

        return Begin(piece.Index, piece.CallId, piece.Name, piece.Arguments);
    }

    /// <summary>The piece of a call that comes as a whole.</summary>
    /// <exception cref="ModelException">There are too many calls.</exception>
    public ReplyPiece Next(FunctionCallContent call) => Begin(-1, call.CallId, call.Name, ToolCallArguments.TextOf(call));

    /// <summary>What is left at the end.</summary>
    public IEnumerable<ReplyPiece> Last() =>
        calls.Select((call, index) => new ReplyPiece(call.Arguments.Last(), new PieceKind.ToolCall(index)));

    private ReplyPiece Begin(int upstream, string? id, string? name, string arguments)
    {
        if (calls.Count == MaxCalls)
        {
            throw new ModelException(ModelErrors.Malformed, $"The model calls more than {MaxCalls} tools in one reply.");
        }

        // Some servers give no ids, or the same to all calls; answers could not be told apart.
        if (string.IsNullOrEmpty(id) || calls.Exists(call => call.Id == id))
        {
            id = $"call_{Guid.CreateVersion7():n}";
        }

        var pieces = new TextPieces();
        calls.Add((upstream, id, pieces));
        return new ReplyPiece(pieces.Next(arguments), new PieceKind.ToolCall(calls.Count - 1, id, name ?? ""));
    }
}
