using System.Buffers;
using System.Text;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.PlainText;

/// <summary>
/// The reply's text and nothing else, until its end: then a last line with the usage. Plain text has no place for an error, so
/// a reply that fails says so in a last line and the connection is cut.
/// </summary>
internal sealed class PlainTextRenderer : IEventRenderer
{
    public string ContentType => "text/plain; charset=utf-8";

    public bool CanResume => false;

    public bool CanRestart => false;

    public string? SharedForm => "text";

    public void Begin(IBufferWriter<byte> output)
    {
        // Flushing an empty body sends the headers, which is all that plain text can say before the first word.
    }

    public void Render(EventBlock block, IBufferWriter<byte> output)
    {
        foreach (var line in block)
        {
            if (line.Type.IsSpoken())
            {
                Encoding.UTF8.GetBytes(line.Text, output);
            }
            else if (line.Type.IsReplyEnd())
            {
                Encoding.UTF8.GetBytes(LastLine((ReplyEnded)line.Parse()), output);
            }
        }
    }

    public void Heartbeat(IBufferWriter<byte> output)
    {
        // Every byte would be taken for a part of the reply.
    }

    public void End(StreamEnd end, IBufferWriter<byte> output)
    {
        switch (end)
        {
            case StreamEnd.Restarted:
                Encoding.UTF8.GetBytes("\n\n[error] restarted: The reply began anew on another server; the text above is void.\n", output);
                break;
            case StreamEnd.SignedOut:
                Encoding.UTF8.GetBytes("\n\n[error] unauthenticated: The key with which this was asked for works no more. The reply goes on.\n", output);
                break;
        }
    }

    private static string LastLine(ReplyEnded end) => end switch
    {
        ReplyFailed or ReplyInterrupted => LineOf(ReplyFailures.ErrorOf(end)),
        ReplyCancelled => "\n\n[cancelled]\n",
        { Usage: { } usage } =>
            $"\n\n[usage] input_tokens={usage.InputTokens} output_tokens={usage.OutputTokens} total_tokens={usage.InputTokens + usage.OutputTokens}\n",
        _ => "\n\n[usage] unknown\n",
    };

    private static string LineOf(ReplyError error) => $"\n\n[error] {error.Code}: {error.Message}\n";
}
