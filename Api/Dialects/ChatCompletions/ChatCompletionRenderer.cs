using System.Buffers;
using System.Text;
using OrleansChat.Dialects.ChatCompletions.Answers;
using OrleansChat.Dialects.OpenAI;
using OrleansChat.Errors;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.ChatCompletions;

/// <summary>
/// One reply as chunks. It is fed from the reply's start on, always, and writes what comes after the client's cursor. Each chunk carries
/// the sequence of its last event as its id; of the end, the last frame does, so that an end that was cut in the middle comes again.
/// </summary>
/// <param name="id">The completion's id.</param>
/// <param name="reply">The reply's id.</param>
/// <param name="after">The client's cursor; 0 for all.</param>
/// <param name="includeUsage">Whether the client wants a chunk with the usage.</param>
internal sealed class ChatCompletionRenderer(string id, string reply, long after, bool includeUsage) : IEventRenderer
{
    private readonly byte[] message = Encoding.UTF8.GetBytes(reply);
    private readonly string form = $"{id}{(includeUsage ? " with usage" : "")}";
    private ChunkWriter? chunks;
    private long last;

    public string ContentType => SseFrames.ContentType;

    // The SDKs of this dialect take a clean end for a good one, wherever it comes.
    public bool CanResume => false;

    public bool CanRestart => false;

    public bool ShowsAllContent => true;

    // Readers who are past their cursors all get the same.
    public string? SharedForm => chunks is not null && last >= after ? form : null;

    public void Begin(IBufferWriter<byte> output) => SseFrames.WriteComment(output, "the reply follows"u8);

    public void Render(EventBlock block, IBufferWriter<byte> output)
    {
        foreach (var line in block)
        {
            if (line.Type.IsContent())
            {
                Render(line, output);
            }
            else if (line.Type == EventType.ReplyStarted)
            {
                Start((ReplyStarted)line.Parse(), output);
            }
            else if (line.Type.IsReplyEnd())
            {
                End((ReplyEnded)line.Parse(), output);
            }

            last = line.Last;
        }
    }

    public void Heartbeat(IBufferWriter<byte> output) => SseFrames.WriteComment(output, "heartbeat"u8);

    public void End(StreamEnd end, IBufferWriter<byte> output)
    {
        switch (end)
        {
            case StreamEnd.Restarted:
                WriteError(output, "reply_restarted", "The reply began anew on another server; what came so far is void. Ask for it from the beginning.");
                break;
            case StreamEnd.Leaving:
                WriteError(output, "node_stopping", "This server is stopping. The reply goes on; ask for the rest of it again.");
                break;
            case StreamEnd.SignedOut:
                WriteError(output, "unauthenticated", "The key with which this was asked for works no more. The reply goes on.");
                break;
            case StreamEnd.Gone:
                WriteError(output, "reply_not_found", "The reply was deleted.");
                break;
        }
    }

    private void Start(ReplyStarted started, IBufferWriter<byte> output)
    {
        if (started.Message == reply)
        {
            chunks = new ChunkWriter(id, started, includeUsage);
            if (started.Sequence > after)
            {
                chunks.WriteStart(started.Sequence, output);
            }
        }
    }

    private void Render(EventLine line, IBufferWriter<byte> output)
    {
        if (line.Last <= after || chunks is null || !line.Message.SequenceEqual(message))
        {
            return;
        }

        if (line.First > after)
        {
            Write(line, output);
            return;
        }

        // The client's cursor lies within a run: it gets the rest of it.
        var rest = new ArrayBufferWriter<byte>();
        DeltaRun.WriteDeltasAfter(rest, line, after);
        foreach (var piece in new EventBlock(after + 1, line.Last, rest.WrittenMemory))
        {
            Write(piece, output);
        }
    }

    private void Write(EventLine line, IBufferWriter<byte> output)
    {
        if (line.Type is EventType.ReplyToolCall or EventType.ToolCallRun)
        {
            chunks!.WriteToolCall(line.Last, (ReplyToolCall)(line.Type.IsRun() ? DeltaRun.Join(line) : line.Parse()), output);
            return;
        }

        // What only signs a thought says nothing here.
        if (!line.EscapedText.IsEmpty)
        {
            chunks!.WriteText(line.Last, PropertyOf(line.Type), line.EscapedText, output);
        }
    }

    private static ReadOnlySpan<byte> PropertyOf(EventType type) => type switch
    {
        EventType.ReplyReasoning or EventType.ReasoningRun => "reasoning_content"u8,
        EventType.ReplyRefusal or EventType.RefusalRun => "refusal"u8,
        _ => "content"u8,
    };

    private void End(ReplyEnded end, IBufferWriter<byte> output)
    {
        if (end.Message != reply || chunks is null)
        {
            return;
        }

        if (end is ReplyFailed or ReplyInterrupted)
        {
            var error = ReplyFailures.ErrorOf(end);
            SseFrames.WriteId(output, end.Sequence);
            WriteError(output, error.Code, error.Message);
            return;
        }

        if (end.Sequence > after)
        {
            chunks.WriteFinish(FinishReasons.Of(end), output);
            if (includeUsage)
            {
                chunks.WriteUsage(end.Usage ?? TokenUsage.None, output);
            }

            SseFrames.WriteId(output, end.Sequence);
        }

        output.Write("data: [DONE]\n\n"u8);
    }

    private static void WriteError(IBufferWriter<byte> output, string code, string message) => SseFrames.WriteData(
        output, Encoding.UTF8.GetBytes(OpenAiErrors.Body(message, "server_error", null, code).ToJsonString(ErrorAnswer.Json)));
}
