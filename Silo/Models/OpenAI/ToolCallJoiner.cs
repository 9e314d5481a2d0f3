namespace OrleansChat.Models.OpenAI;

/// <summary>Brings the pieces of an endpoint's tool calls into order.</summary>
internal sealed class ToolCallJoiner
{
    private readonly List<Call> calls = [];

    /// <summary>The pieces, with a number of its own for each call, and arguments that are complete so far.</summary>
    public IEnumerable<ToolCallPiece> Add(IEnumerable<ToolCallPiece> pieces)
    {
        foreach (var piece in pieces)
        {
            // Some servers give every call the number 0: another id is another call, whatever its number.
            var index = calls.FindLastIndex(call => call.Index == piece.Index && (piece.CallId is null || call.Id is null || call.Id == piece.CallId));
            if (index < 0)
            {
                index = calls.Count;
                calls.Add(new Call { Index = piece.Index, Id = piece.CallId });
            }

            yield return new ToolCallPiece(index, piece.CallId, piece.Name, calls[index].Arguments.Add(piece.Arguments));
        }
    }

    /// <summary>What remains when the stream ends.</summary>
    public IEnumerable<ToolCallPiece> End() =>
        calls.Select((call, index) => new ToolCallPiece(index, callId: null, name: null, call.Arguments.End())).Where(piece => piece.Arguments.Length > 0);

    private sealed class Call
    {
        // A field, as it is a struct that changes.
        public SurrogateJoiner Arguments;

        public required int Index { get; init; }

        public required string? Id { get; init; }
    }
}
