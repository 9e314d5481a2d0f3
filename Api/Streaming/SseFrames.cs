using System.Buffers;
using System.Buffers.Text;
using OrleansChat.Events;

namespace OrleansChat.Streaming;

/// <summary>
/// Writes server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html). Data is always JSON on one line,
/// which cannot hold a line break, so nothing that a user or a model says can end a frame.
/// </summary>
internal static class SseFrames
{
    // More than that in one piece does not fit into the blocks that a response is buffered in, and would get memory of its own.
    private const int MostInOnePiece = 2 * 1024;

    /// <summary>The content type of server-sent events.</summary>
    public const string ContentType = "text/event-stream";

    /// <summary>Tells the client how long to wait before it connects again.</summary>
    public static void WriteRetry(IBufferWriter<byte> output, TimeSpan pause)
    {
        output.Write("retry: "u8);
        output.WriteDecimal((long)pause.TotalMilliseconds);
        output.Write("\n\n"u8);
    }

    /// <summary>Writes a comment, which clients ignore.</summary>
    public static void WriteComment(IBufferWriter<byte> output, ReadOnlySpan<byte> text)
    {
        output.Write(": "u8);
        output.Write(text);
        output.Write("\n\n"u8);
    }

    /// <summary>Writes the <c>id:</c> line of a frame.</summary>
    public static void WriteId(IBufferWriter<byte> output, long id)
    {
        output.Write("id: "u8);
        output.WriteDecimal(id);
        output.Write("\n"u8);
    }

    /// <summary>Writes the <c>event:</c> line of a frame.</summary>
    public static void WriteEvent(IBufferWriter<byte> output, ReadOnlySpan<byte> type)
    {
        output.Write("event: "u8);
        output.Write(type);
        output.Write("\n"u8);
    }

    /// <summary>Writes the <c>data:</c> line and the end of a frame.</summary>
    public static void WriteData(IBufferWriter<byte> output, ReadOnlySpan<byte> json)
    {
        output.Write("data: "u8);
        output.Write(json);
        output.Write("\n\n"u8);
    }

    /// <summary>
    /// Writes a whole frame, into one piece of the output unless it is large: it happens for every delta and reader, and asking a pipe for
    /// room costs more than to fill it.
    /// </summary>
    public static void WriteFrame(IBufferWriter<byte> output, long id, ReadOnlySpan<byte> type, ReadOnlySpan<byte> json)
    {
        const int MaxDigits = 19;
        var most = "id: \nevent: \ndata: \n\n".Length + MaxDigits + type.Length + json.Length;
        if (most > MostInOnePiece)
        {
            WriteId(output, id);
            WriteEvent(output, type);
            WriteData(output, json);
            return;
        }

        var frame = output.GetSpan(most);
        var length = Copy("id: "u8, frame, 0);
        _ = Utf8Formatter.TryFormat(id, frame[length..], out var digits);
        length = Copy("\nevent: "u8, frame, length + digits);
        length = Copy(type, frame, length);
        length = Copy("\ndata: "u8, frame, length);
        length = Copy(json, frame, length);
        output.Advance(Copy("\n\n"u8, frame, length));
    }

    private static int Copy(ReadOnlySpan<byte> what, Span<byte> frame, int at)
    {
        what.CopyTo(frame[at..]);
        return at + what.Length;
    }
}
