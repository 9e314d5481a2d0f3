using System.Text;
using OrleansChat.Dialects.Responses.Views;
using OrleansChat.Events;

namespace OrleansChat.Dialects.Responses.Rendering;

/// <summary>A stretch of what a model thinks: as it is, or under the name of a summary for callers who asked for those.</summary>
/// <param name="index">Which of the response's items.</param>
/// <param name="id">Its id.</param>
/// <param name="asSummary">Whether the caller asked for summaries.</param>
/// <param name="tellsSignature">Whether the caller asked for what the model's provider wants back.</param>
internal sealed class ReasoningOutput(int index, string id, bool asSummary, bool tellsSignature) : OutputItem(index, id)
{
    private readonly StringBuilder text = new();
    private string? signature;

    /// <summary>Adds a piece of text; of more than nothing.</summary>
    public void Add(EventLine line, string piece, ResponseFrames frames)
    {
        if (text.Length == 0)
        {
            frames.Part(asSummary ? "response.reasoning_summary_part.added"u8 : "response.content_part.added"u8, Place, PartOf(""));
        }

        text.Append(piece);
        frames.Delta(asSummary ? "response.reasoning_summary_text.delta" : "response.reasoning_text.delta", Place, line);
    }

    /// <summary>Signs it.</summary>
    public void Sign(string with) => signature = tellsSignature ? with : null;

    /// <summary>Leaves so much of the text. A signature holds for a whole block.</summary>
    public void Cut(ref int left)
    {
        signature = text.Length > left ? null : signature;
        text.Length = Math.Min(text.Length, left);
        left -= text.Length;
    }

    public override ItemView View() => ItemView.Reasoning(Id, Status, text.ToString(), asSummary, signature);

    protected override void ClosePart(ResponseFrames frames, bool complete)
    {
        if (text.Length > 0)
        {
            frames.Text(
                asSummary ? "response.reasoning_summary_text.done"u8 : "response.reasoning_text.done"u8, Place, "text"u8, text.ToString());
            frames.Part(
                asSummary ? "response.reasoning_summary_part.done"u8 : "response.content_part.done"u8, Place, PartOf(text.ToString()));
        }
    }

    private PartPlace Place => new(Id, Index, 0, asSummary);

    private ContentView PartOf(string thought) => asSummary ? ContentView.SummaryText(thought) : ContentView.ReasoningText(thought);
}
