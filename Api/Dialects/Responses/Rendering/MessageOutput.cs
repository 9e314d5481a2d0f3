using System.Text;
using OrleansChat.Dialects.Responses.Views;
using OrleansChat.Events;

namespace OrleansChat.Dialects.Responses.Rendering;

/// <summary>What a model says, or the words in which it refuses.</summary>
internal sealed class MessageOutput(int index, string id) : OutputItem(index, id)
{
    private readonly List<(bool IsRefusal, StringBuilder Text)> parts = [];

    /// <summary>Adds a piece of text, or of a refusal.</summary>
    public void Add(EventLine line, ResponseFrames frames)
    {
        var isRefusal = line.Type is EventType.ReplyRefusal or EventType.RefusalRun;
        if (parts is not [.., var last] || last.IsRefusal != isRefusal)
        {
            ClosePart(frames, complete: true);
            last = (isRefusal, new StringBuilder());
            parts.Add(last);
            frames.Part("response.content_part.added"u8, PlaceOf(isRefusal), ViewOf(last));
        }

        last.Text.Append(line.Text);
        frames.Delta(isRefusal ? "response.refusal.delta" : "response.output_text.delta", PlaceOf(isRefusal), line);
    }

    /// <summary>Leaves so much of the text and of the refusal.</summary>
    public void Cut(ref int text, ref int refusal)
    {
        foreach (var part in parts)
        {
            ref var left = ref part.IsRefusal ? ref refusal : ref text;
            part.Text.Length = Math.Min(part.Text.Length, left);
            left -= part.Text.Length;
        }
    }

    public override ItemView View() => ItemView.Message(Id, Status, "assistant", [.. parts.Select(ViewOf)]);

    protected override void ClosePart(ResponseFrames frames, bool complete)
    {
        if (parts is not [.., var last])
        {
            return;
        }

        var place = PlaceOf(last.IsRefusal);
        if (last.IsRefusal)
        {
            frames.Text("response.refusal.done"u8, place, "refusal"u8, last.Text.ToString());
        }
        else
        {
            frames.Text("response.output_text.done"u8, place, "text"u8, last.Text.ToString());
        }

        frames.Part("response.content_part.done"u8, place, ViewOf(last));
    }

    private static ContentView ViewOf((bool IsRefusal, StringBuilder Text) part) =>
        part.IsRefusal ? ContentView.OfRefusal(part.Text.ToString()) : ContentView.OutputText(part.Text.ToString());

    private PartPlace PlaceOf(bool isRefusal) => new(Id, Index, parts.Count - 1, HasLogprobs: !isRefusal);
}
