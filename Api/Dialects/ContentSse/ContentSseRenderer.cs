using System.Buffers;
using System.Text.Json;
using OrleansChat.Events;
using OrleansChat.Limiting;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.ContentSse;

/// <summary>
/// The smallest dialect that pages commonly read: <c>data: {"content": "…"}</c> for each piece, then a frame with the usage and
/// <c>data: [DONE]</c>. Ids make it resumable in the native dialect.
/// </summary>
internal sealed class ContentSseRenderer : IEventRenderer
{
    public string ContentType => SseFrames.ContentType;

    // Clients of this dialect wait for [DONE]; they do not come back with an id.
    public bool CanResume => false;

    public bool CanRestart => false;

    public void Begin(IBufferWriter<byte> output) => SseFrames.WriteComment(output, "the reply follows"u8);

    public void Render(EventBlock block, IBufferWriter<byte> output)
    {
        foreach (var line in block)
        {
            if (line.Type.IsSpoken())
            {
                SseFrames.WriteId(output, line.Last);
                output.Write("data: {\"content\":\""u8);
                output.Write(line.EscapedText);
                output.Write("\"}\n\n"u8);
            }
            else if (line.Type.IsReplyEnd())
            {
                WriteEnd((ReplyEnded)line.Parse(), output);
            }
        }
    }

    public void Heartbeat(IBufferWriter<byte> output) => SseFrames.WriteComment(output, "heartbeat"u8);

    public void End(StreamEnd end, IBufferWriter<byte> output)
    {
        var (code, message) = end switch
        {
            StreamEnd.Restarted => ("restarted", "The reply began anew on another server; the text so far is void."),
            StreamEnd.SignedOut => ("unauthenticated", "The key with which this was asked for works no more. The reply goes on."),
            _ => (null, null),
        };
        if (code is null)
        {
            return;
        }

        output.Write("data: "u8);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            WriteError(json, code, message!);
            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
    }

    private static void WriteEnd(ReplyEnded end, IBufferWriter<byte> output)
    {
        SseFrames.WriteId(output, end.Sequence);
        output.Write("data: "u8);
        using (var json = new Utf8JsonWriter(output))
        {
            json.WriteStartObject();
            if (end is ReplyFailed or ReplyInterrupted)
            {
                var error = ReplyFailures.ErrorOf(end);
                WriteError(json, error.Code, error.Message);
            }
            else
            {
                // Clients of this dialect read .content of every frame.
                json.WriteString("content"u8, ""u8);
                json.WriteString("finish_reason"u8, (end as ReplyCompleted)?.FinishReason switch { FinishReason.Budget => "length", var reason => reason ?? "cancelled" });
                if (end.Usage is { } usage)
                {
                    json.WriteStartObject("usage"u8);
                    json.WriteNumber("input_tokens"u8, usage.InputTokens);
                    json.WriteNumber("output_tokens"u8, usage.OutputTokens);
                    json.WriteEndObject();
                }
            }

            json.WriteEndObject();
        }

        output.Write("\n\n"u8);
        if (end is ReplyCompleted or ReplyCancelled)
        {
            output.Write("data: [DONE]\n\n"u8);
        }
    }

    private static void WriteError(Utf8JsonWriter json, string code, string message)
    {
        json.WriteStartObject("error"u8);
        json.WriteString("code"u8, code);
        json.WriteString("message"u8, message);
        json.WriteEndObject();
    }
}
