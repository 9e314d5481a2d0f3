using System.Collections.Immutable;
using System.Text;
using OrleansChat.Contents;
using OrleansChat.Events;

namespace OrleansChat.Conversations;

/// <summary>What a running reply says, thinks and calls for so far, and how much of it there was at each of its events.</summary>
internal sealed class PartialReply
{
    private readonly PartialText text = new();
    private readonly List<(string Id, string Name, StringBuilder Arguments)> calls = [];

    // Few replies have any of these.
    private PartialText? reasoning;
    private PartialText? refusal;
    private List<(int End, string Signature)>? signatures;

    /// <summary>The text so far.</summary>
    public string Text => text.ToString();

    /// <summary>The sequence of the event with which the reply began, empty; 0 when there is none.</summary>
    public long First => text.First;

    /// <summary>Whether there is nothing but text, or nothing at all.</summary>
    public bool HasOnlyText => calls.Count == 0 && reasoning is null && refusal is null;

    /// <summary>Begins with nothing.</summary>
    public void Begin(long sequence)
    {
        Clear();
        text.Begin(sequence);
    }

    /// <summary>Adds a piece of text.</summary>
    public void AppendText(long sequence, string piece) => text.Append(sequence, piece);

    /// <summary>Adds a piece.</summary>
    /// <exception cref="InvalidOperationException">It belongs to a call that has not begun.</exception>
    public void Append(long sequence, IReplyContent piece)
    {
        switch (piece)
        {
            case ReplyDelta e:
                text.Append(sequence, e.Text);
                break;
            case ReplyReasoning e:
                Begun(ref reasoning).Append(sequence, e.Text);
                if (e.Signature is not null)
                {
                    (signatures ??= []).Add((reasoning!.Length, e.Signature));
                }

                break;
            case ReplyRefusal e:
                Begun(ref refusal).Append(sequence, e.Text);
                break;
            case ReplyToolCall e:
                Append(e);
                break;
        }
    }

    /// <summary>How long text, thinking and refusal were when an event had come; null when that is not an event since the reply began.</summary>
    public ReplyCut? CutAt(long sequence) => text.LengthAt(sequence) is { } length
        ? new ReplyCut(sequence, length, reasoning?.LengthAt(sequence), refusal?.LengthAt(sequence))
        : null;

    /// <summary>Puts it into a message, as much of it as a cut leaves; null for all.</summary>
    /// <exception cref="InvalidOperationException">The cut leaves more than there is.</exception>
    public Message In(Message message, ReplyCut? cut = null) => message with
    {
        Content = UpTo(text, cut?.TextLength) ?? "",
        Reasoning = reasoning is null ? [] : Blocks(UpTo(reasoning, cut?.ReasoningLength)!),
        Refusal = UpTo(refusal, cut?.RefusalLength) is { Length: > 0 } said ? said : null,
        ToolCalls = cut is not null ? [] : [.. calls.Select(call => new ToolCall(call.Id, call.Name, call.Arguments.ToString()))],
    };

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        text.Clear();
        calls.Clear();
        (reasoning, refusal, signatures) = (null, null, null);
    }

    private static string? UpTo(PartialText? partial, int? length) =>
        partial is null ? null
        : length is null ? partial.ToString()
        : length >= 0 && length <= partial.Length ? partial.UpTo(length.Value)
        : throw new InvalidOperationException($"A text of {partial.Length} is cut at {length}.");

    private PartialText Begun(ref PartialText? partial)
    {
        if (partial is null)
        {
            partial = new PartialText();
            partial.Begin(text.First);
        }

        return partial;
    }

    private void Append(ReplyToolCall piece)
    {
        if (piece.Index < 0 || piece.Index > calls.Count)
        {
            throw new InvalidOperationException($"Event {piece.Sequence} adds to tool call {piece.Index} of {calls.Count}.");
        }

        if (piece.Index == calls.Count)
        {
            calls.Add((piece.Id ?? "", piece.Name ?? "", new StringBuilder(piece.Arguments)));
            return;
        }

        var (id, name, arguments) = calls[piece.Index];
        arguments.Append(piece.Arguments);
        calls[piece.Index] = (piece.Id ?? id, piece.Name ?? name, arguments);
    }

    // A signature holds for a whole block: one that is cut has none.
    private ImmutableArray<ReasoningBlock> Blocks(string thought)
    {
        var (blocks, start) = (ImmutableArray.CreateBuilder<ReasoningBlock>(), 0);
        foreach (var (end, signature) in signatures ?? [])
        {
            if (end > thought.Length)
            {
                break;
            }

            blocks.Add(new ReasoningBlock(thought[start..end], signature));
            start = end;
        }

        if (start < thought.Length)
        {
            blocks.Add(new ReasoningBlock(thought[start..]));
        }

        return blocks.DrainToImmutable();
    }
}
