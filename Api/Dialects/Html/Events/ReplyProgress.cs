using OrleansChat.Dialects.Html.Blocks;
using OrleansChat.Dialects.Html.Rendering;
using OrleansChat.Events;

namespace OrleansChat.Dialects.Html.Events;

/// <summary>A running reply as the events so far make it.</summary>
/// <param name="message">The reply's id.</param>
internal sealed class ReplyProgress(string message)
{
    private readonly List<CallProgress> calls = [];
    private int reasoning;
    private int refusal;

    /// <summary>The reply's id.</summary>
    public string Message => message;

    /// <summary>What it says.</summary>
    public BlockSplitter Blocks { get; private set; } = new(SafeMarkdown.OfModels);

    /// <summary>It begins anew.</summary>
    public void Clear()
    {
        calls.Clear();
        (reasoning, refusal, Blocks) = (0, 0, new BlockSplitter(SafeMarkdown.OfModels));
    }

    /// <summary>Takes in a piece, or a run of them, of this reply.</summary>
    public ReplyPiece Take(EventLine line)
    {
        if (line.Type is EventType.ReplyToolCall or EventType.ToolCallRun)
        {
            return Take((ReplyToolCall)(line.Type.IsRun() ? DeltaRun.Join(line) : line.Parse()));
        }

        var text = line.Text;
        switch (line.Type)
        {
            case EventType.ReplyReasoning or EventType.ReasoningRun:
                reasoning += text.Length;
                return new ReplyPiece(PieceKind.Reasoning, null, reasoning - text.Length, text);
            case EventType.ReplyRefusal or EventType.RefusalRun:
                refusal += text.Length;
                return new ReplyPiece(PieceKind.Refusal, null, refusal - text.Length, text);
            default:
                var offset = Blocks.Text.Length;
                Blocks.Append(text);
                return new ReplyPiece(PieceKind.Text, null, offset, text);
        }
    }

    private ReplyPiece Take(ReplyToolCall piece)
    {
        // New ones are the next number; in a journal that is not ours they may not be.
        while (calls.Count <= piece.Index)
        {
            calls.Add(new CallProgress(calls.Count));
        }

        var call = calls[piece.Index];
        (call.Id, call.Name) = (piece.Id ?? call.Id, piece.Name ?? call.Name);
        call.Length += piece.Arguments.Length;
        return new ReplyPiece(PieceKind.Call, call, call.Length - piece.Arguments.Length, piece.Arguments);
    }
}
