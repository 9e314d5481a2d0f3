using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Items;
using OrleansChat.Dialects.Responses.Views;
using OrleansChat.Events;

namespace OrleansChat.Dialects.Responses.Rendering;

/// <summary>A response's items as they come to be, one after the other: what is of another kind than the last one ends that.</summary>
internal sealed class OutputItems
{
    private readonly List<OutputItem> items = [];
    private ConversationId conversation;
    private string reply = "";
    private bool asSummary;
    private bool tellsSignature;
    private OutputItem? open;

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => items.Count == 0;

    /// <summary>The items as they are.</summary>
    public IReadOnlyList<ItemView> View() => [.. items.Select(item => item.View())];

    /// <summary>Begins with nothing.</summary>
    /// <param name="of">The conversation.</param>
    /// <param name="message">The reply's id.</param>
    /// <param name="notes">What its caller asked for.</param>
    /// <param name="withSignatures">Whether to tell what a model's provider wants back in any case.</param>
    public void Begin(ConversationId of, string message, ResponseNotes notes, bool withSignatures) =>
        (conversation, reply, asSummary, tellsSignature) = (of, message, notes.ReasoningSummary is not null, withSignatures || notes.TellsSignatures);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        items.Clear();
        open = null;
    }

    /// <summary>Adds a piece of the reply, or a run of pieces.</summary>
    public void Add(EventLine line, ResponseFrames frames)
    {
        frames.At(line.First);
        switch (line.Type)
        {
            case EventType.ReplyDelta or EventType.DeltaRun or EventType.ReplyRefusal or EventType.RefusalRun:
                var message = open as MessageOutput
                    ?? Open(frames, new MessageOutput(items.Count, NextId<MessageOutput>(ItemId.OfMessage)));
                message.Add(line, frames);
                break;
            case EventType.ReplyReasoning or EventType.ReasoningRun:
                AddReasoning(line, (ReplyReasoning)Parse(line), frames);
                break;
            default:
                AddCall(line, (ReplyToolCall)Parse(line), frames);
                break;
        }
    }

    /// <summary>Ends all of it.</summary>
    /// <param name="frames">Where to tell it.</param>
    /// <param name="complete">Whether the last one is whole.</param>
    public void End(ResponseFrames frames, bool complete)
    {
        open?.Close(frames, complete);
        foreach (var call in items.OfType<CallOutput>().Where(call => call.IsAmended && call != open))
        {
            call.Close(frames, complete);
        }

        open = null;
    }

    /// <summary>Leaves what somebody had read who cancelled the reply there. A reply that was cut calls nothing.</summary>
    public void Cut(ReplyCancelled cut)
    {
        if (cut.TextLength is not { } text)
        {
            return;
        }

        var (refusal, thought) = (cut.RefusalLength ?? int.MaxValue, cut.ReasoningLength ?? int.MaxValue);
        items.RemoveAll(item => item is CallOutput);
        foreach (var item in items)
        {
            (item as MessageOutput)?.Cut(ref text, ref refusal);
            (item as ReasoningOutput)?.Cut(ref thought);
        }

        open = open is CallOutput ? null : open;
    }

    private static ConversationEvent Parse(EventLine line) => line.Type.IsRun() ? DeltaRun.Join(line) : line.Parse();

    private void AddReasoning(EventLine line, ReplyReasoning piece, ResponseFrames frames)
    {
        var reasoning = open as ReasoningOutput
            ?? Open(frames, new ReasoningOutput(items.Count, NextId<ReasoningOutput>(ItemId.OfReasoning), asSummary, tellsSignature));
        if (piece.Text.Length > 0)
        {
            reasoning.Add(line, piece.Text, frames);
        }

        if (piece.Signature is { } signature)
        {
            reasoning.Sign(signature);
            reasoning.Close(frames, complete: true);
            open = null;
        }
    }

    private void AddCall(EventLine line, ReplyToolCall piece, ResponseFrames frames)
    {
        var call = items.OfType<CallOutput>().FirstOrDefault(call => call.Call == piece.Index)
            ?? Open(frames, new CallOutput(items.Count, NextId<CallOutput>(ItemId.OfCall), piece.Index, piece.Id ?? "", piece.Name ?? ""));
        call.Add(line, piece.Arguments, frames);
    }

    private T Open<T>(ResponseFrames frames, T item)
        where T : OutputItem
    {
        open?.Close(frames, complete: true);
        items.Add(item);
        open = item;
        item.Open(frames);
        return item;
    }

    private string NextId<T>(string prefix) => new ItemId(prefix, conversation, reply, items.Count(item => item is T)).ToString();
}
