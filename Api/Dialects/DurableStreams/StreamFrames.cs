using System.Buffers;
using System.Text.Json;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.DurableStreams;

/// <summary>Writes pages as server-sent events (section 5.8 of the protocol).</summary>
/// <param name="cursor">The <see cref="CollapsingCursor"/> of the connection.</param>
internal sealed class StreamFrames(long cursor)
{
    private readonly ArrayBufferWriter<byte> scratch = new();

    /// <summary>Writes the messages, if there are any, and where they end: together, for who has only the first reads them again.</summary>
    public void Write(IBufferWriter<byte> output, StreamPage page)
    {
        if (!page.IsEmpty)
        {
            SseFrames.WriteEvent(output, "data"u8);
            SseFrames.WriteData(output, page.Json.Span);
        }

        SseFrames.WriteEvent(output, "control"u8);
        SseFrames.WriteData(output, Control(page));
    }

    private ReadOnlySpan<byte> Control(StreamPage page)
    {
        scratch.ResetWrittenCount();
        using (var json = new Utf8JsonWriter(scratch))
        {
            json.WriteStartObject();
            json.WriteString("streamNextOffset"u8, StreamOffset.Of(page.Next));
            if (!page.IsClosed)
            {
                json.WriteString("streamCursor"u8, $"{cursor}");
            }

            if (page.IsUpToDate)
            {
                json.WriteBoolean("upToDate"u8, true);
            }

            if (page.IsClosed)
            {
                json.WriteBoolean("streamClosed"u8, true);
            }

            json.WriteEndObject();
        }

        return scratch.WrittenSpan;
    }
}
