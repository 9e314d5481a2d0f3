using System.Text;
using System.Text.Json;
using OrleansChat.Events;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>The parts of a step: opens and closes them as the pieces of a reply come.</summary>
/// <param name="frames">Where the chunks go.</param>
internal sealed class StepParts(ChunkFrames frames)
{
    /// <summary>Where the AI SDK keeps what is a provider's own: it comes back with the messages of a client.</summary>
    public const string Provider = "orleanschat";

    /// <summary>The property in there that marks a text as a refusal.</summary>
    public const string RefusalMark = "refusal";

    /// <summary>The property in there that holds what signs a stretch of thinking.</summary>
    public const string SignatureMark = "signature";

    private readonly List<StepCall> calls = [];
    private PartKind open;
    private string id = "";
    private byte[] head = [];
    private int opened;

    /// <summary>Adds a piece of text, a refusal or thinking.</summary>
    /// <param name="kind">Which.</param>
    /// <param name="sequence">The piece's sequence, by which a part that begins with it is named.</param>
    /// <param name="escaped">The piece as escaped in JSON; may be empty.</param>
    public void Say(PartKind kind, long sequence, ReadOnlySpan<byte> escaped)
    {
        if (open != kind)
        {
            Close();
            Open(kind, sequence);
        }

        if (!escaped.IsEmpty)
        {
            frames.AddPiece(head, escaped);
        }
    }

    /// <summary>Ends a stretch of thinking with its signature.</summary>
    public void Sign(string signature)
    {
        frames.Add("reasoning-end", json =>
        {
            json.WriteString("id"u8, id);
            WriteMetadata(json, SignatureMark, signature);
        });
        open = PartKind.None;
    }

    /// <summary>Adds a piece of a call.</summary>
    /// <param name="piece">The piece, or a joined run of them.</param>
    /// <param name="escaped">A piece of the arguments as escaped in JSON; may be empty.</param>
    public void Call(ReplyToolCall piece, ReadOnlySpan<byte> escaped)
    {
        Close();
        while (calls.Count <= piece.Index)
        {
            var call = new StepCall(piece.Id ?? $"call_{calls.Count}", piece.Name ?? "");
            calls.Add(call);
            frames.Add("tool-input-start", ("toolCallId", call.Id), ("toolName", call.Name));
        }

        if (!escaped.IsEmpty)
        {
            calls[piece.Index].Add(escaped, frames);
        }
    }

    /// <summary>Closes the open part, if any.</summary>
    public void Close()
    {
        if (open != PartKind.None)
        {
            frames.Add(open == PartKind.Reasoning ? "reasoning-end" : "text-end", ("id", id));
        }

        open = PartKind.None;
    }

    /// <summary>Tells the calls, which are certain only now that the reply is complete.</summary>
    public void TellCalls()
    {
        foreach (var call in calls)
        {
            frames.Add("tool-input-available", call.WriteTo);
        }
    }

    /// <summary>Forgets everything, for the next step.</summary>
    public void Clear()
    {
        calls.Clear();
        open = PartKind.None;
        opened = 0;
    }

    private void Open(PartKind kind, long sequence)
    {
        var name = kind == PartKind.Reasoning ? "reasoning" : "text";
        open = kind;
        id = $"{name}-{sequence}-{++opened}";
        head = Encoding.UTF8.GetBytes($$"""{"type":"{{name}}-delta","id":"{{id}}","delta":""" + "\"");
        frames.Add($"{name}-start", json =>
        {
            json.WriteString("id"u8, id);
            if (kind == PartKind.Refusal)
            {
                WriteMetadata(json, RefusalMark, true);
            }
        });
    }

    /// <summary>Writes a mark of ours, as it is found again by <see cref="Messages.UiPart.Mark"/>, in the object that is open.</summary>
    public static void WriteMark(Utf8JsonWriter json, string name, object mark)
    {
        json.WriteStartObject(Provider);
        if (mark is string text)
        {
            json.WriteString(name, text);
        }
        else
        {
            json.WriteBoolean(name, true);
        }

        json.WriteEndObject();
    }

    private static void WriteMetadata(Utf8JsonWriter json, string name, object mark)
    {
        json.WriteStartObject("providerMetadata"u8);
        WriteMark(json, name, mark);
        json.WriteEndObject();
    }
}
