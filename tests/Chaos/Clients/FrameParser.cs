using System.Buffers;
using System.Buffers.Text;
using System.Diagnostics;
using System.Text;

namespace OrleansChat.Chaos.Clients;

/// <summary>
/// Cuts the bytes of one response into events as the standard says (https://html.spec.whatwg.org/multipage/server-sent-events.html),
/// and is stricter where no server of ours has a reason to do what the standard lets pass.
/// </summary>
internal sealed class FrameParser
{
    private readonly ArrayBufferWriter<byte> line = new();
    private readonly ArrayBufferWriter<byte> data = new();
    private string type = "";
    private bool hasData;
    private long? id;

    /// <summary>The newest id of a whole event, or of an event without data: the cursor to come back with.</summary>
    public long? LastId { get; private set; }

    /// <summary>How long the server wants a client to wait before it connects again.</summary>
    public TimeSpan? Retry { get; private set; }

    /// <summary>What comes next, after what was taken before. Half an event at the end of a stream is never an event.</summary>
    /// <exception cref="InvalidDataException">No client could make sense of it.</exception>
    public void Take(ReadOnlySpan<byte> bytes, ICollection<Frame> frames)
    {
        for (var end = bytes.IndexOf((byte)'\n'); end >= 0; end = bytes.IndexOf((byte)'\n'))
        {
            line.Write(bytes[..end]);
            bytes = bytes[(end + 1)..];
            TakeLine(line.WrittenSpan, frames);
            line.ResetWrittenCount();
        }

        line.Write(bytes);
    }

    private void TakeLine(ReadOnlySpan<byte> text, ICollection<Frame> frames)
    {
        if (text.EndsWith("\r"u8))
        {
            text = text[..^1];
        }

        if (text.IsEmpty)
        {
            Dispatch(frames);
            return;
        }

        var colon = text.IndexOf((byte)':');
        if (colon == 0)
        {
            return;
        }

        var name = colon < 0 ? text : text[..colon];
        var value = colon < 0 ? [] : text[(colon + 1)..];
        if (value.StartsWith(" "u8))
        {
            value = value[1..];
        }

        if (name.SequenceEqual("data"u8))
        {
            data.Write(hasData ? "\n"u8 : []);
            data.Write(value);
            hasData = true;
        }
        else if (name.SequenceEqual("event"u8))
        {
            type = string.Intern(Encoding.UTF8.GetString(value));
        }
        else if (name.SequenceEqual("id"u8))
        {
            id = Number(value, "id");
        }
        else if (name.SequenceEqual("retry"u8))
        {
            Retry = TimeSpan.FromMilliseconds(Number(value, "retry"));
        }
        else
        {
            throw new InvalidDataException($"No field of server-sent events: '{Encoding.UTF8.GetString(text)}'.");
        }
    }

    private void Dispatch(ICollection<Frame> frames)
    {
        LastId = id;
        if (hasData)
        {
            frames.Add(new Frame(LastId ?? 0, type.Length == 0 ? "message" : type, data.WrittenSpan.ToArray(), Stopwatch.GetTimestamp()));
        }

        data.ResetWrittenCount();
        hasData = false;
        type = "";
    }

    private static long Number(ReadOnlySpan<byte> text, string field) =>
        Utf8Parser.TryParse(text, out long number, out var used) && used == text.Length && number >= 0
            ? number
            : throw new InvalidDataException($"Not a number in {field}: '{Encoding.UTF8.GetString(text)}'.");
}
