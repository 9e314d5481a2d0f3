using System.Buffers;
using System.Text;
using OrleansChat.Events;

namespace OrleansChat.Dialects.Responses.Rendering;

/// <summary>Pieces of one part on their way to becoming one frame. Their text goes out as it stands in the journal, escapes and all.</summary>
internal sealed class PendingDelta
{
    private readonly ArrayBufferWriter<byte> text = new();
    private string type = "";
    private PartPlace place;
    private long number;

    /// <summary>Whether a piece can join those that are here.</summary>
    public bool Takes(string next, in PartPlace at) => text.WrittenCount == 0 || (next == type && at == place);

    /// <summary>Adds a piece. An empty one makes no frame.</summary>
    public void Add(string next, in PartPlace at, long last, ReadOnlySpan<byte> escaped)
    {
        (type, place, number) = (next, at, last);
        text.Write(escaped);
    }

    /// <summary>Writes what is here, if anything.</summary>
    public void WriteTo(IBufferWriter<byte> output)
    {
        if (text.WrittenCount == 0)
        {
            return;
        }

        // By hand, as this is every token of every reader: what is escaped needs no escaping, and nothing else here could.
        output.Write("event: "u8);
        Encoding.UTF8.GetBytes(type, output);
        output.Write("\ndata: {\"type\":\""u8);
        Encoding.UTF8.GetBytes(type, output);
        output.Write("\",\"sequence_number\":"u8);
        output.WriteDecimal(number);
        output.Write(",\"item_id\":\""u8);
        Encoding.UTF8.GetBytes(place.Item, output);
        output.Write("\",\"output_index\":"u8);
        output.WriteDecimal(place.OutputIndex);
        if (place.PartIndex is { } index)
        {
            output.Write(",\""u8);
            output.Write(place.IndexName);
            output.Write("\":"u8);
            output.WriteDecimal(index);
        }

        output.Write(",\"delta\":\""u8);
        output.Write(text.WrittenSpan);
        output.Write(place.HasLogprobs ? "\",\"logprobs\":[]}\n\n"u8 : "\"}\n\n"u8);
        text.ResetWrittenCount();
    }
}
