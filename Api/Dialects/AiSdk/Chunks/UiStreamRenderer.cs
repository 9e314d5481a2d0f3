using System.Buffers;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>
/// The AI SDK's UI message stream, version 1 (https://ai-sdk.dev/docs/ai-sdk-ui/stream-protocol), with nothing in it that the oldest
/// clients of version 5 would refuse. Which chunks there are follows from the events alone, one by one, so that their numbers are cursors.
/// </summary>
/// <param name="message">What becomes of the reply's message.</param>
/// <param name="frames">Where the chunks go.</param>
internal sealed class UiStreamRenderer(MessageChunks message, ChunkFrames frames) : IEventRenderer
{
    public string ContentType => SseFrames.ContentType;

    // The AI SDK takes a stream that ends for a complete one, whatever came last.
    public bool CanResume => false;

    public bool CanRestart => true;

    public bool TellsFailure => true;

    public void Begin(IBufferWriter<byte> output) => SseFrames.WriteComment(output, "the reply follows"u8);

    public void Heartbeat(IBufferWriter<byte> output) => SseFrames.WriteComment(output, "heartbeat"u8);

    public void Render(EventBlock block, IBufferWriter<byte> output)
    {
        foreach (var line in block)
        {
            if (message.HasEnded)
            {
                return;
            }

            if (!line.Type.IsContent())
            {
                message.Take(line);
                frames.Flush(line.Last, output);
            }
            else if (message.Has(line))
            {
                RenderContent(line, output);
            }
        }
    }

    public void End(StreamEnd end, IBufferWriter<byte> output)
    {
        if (end == StreamEnd.Gone)
        {
            ChunkFrames.WriteUnnumbered(output, "error", ("errorText", "The chat was deleted."));
            ChunkFrames.WriteUnnumbered(output, "finish");
        }

        if (end is not (StreamEnd.Leaving or StreamEnd.SignedOut))
        {
            SseFrames.WriteData(output, "[DONE]"u8);
        }
    }

    private void RenderContent(EventLine line, IBufferWriter<byte> output)
    {
        if (!line.Type.IsRun())
        {
            Say(line.Type, line.Last, line.EscapedText, line.Type is EventType.ReplyReasoning or EventType.ReplyToolCall ? line.Parse() : null);
            frames.Flush(line.Last, output);
            return;
        }

        var like = line.Type is EventType.ReasoningRun or EventType.ToolCallRun ? DeltaRun.Join(line) : null;
        var pieces = DeltaRun.Split(line);
        while (pieces.MoveNext())
        {
            Say(line.Type, pieces.Sequence, pieces.EscapedText, like);
            frames.Flush(pieces.Sequence, output);
        }
    }

    private void Say(EventType type, long sequence, ReadOnlySpan<byte> escaped, ConversationEvent? piece)
    {
        switch (piece)
        {
            case ReplyToolCall call:
                message.Parts.Call(call, escaped);
                break;
            case ReplyReasoning thought:
                message.Parts.Say(PartKind.Reasoning, sequence, escaped);
                if (thought.Signature is { } signature)
                {
                    message.Parts.Sign(signature);
                }

                break;
            default:
                message.Parts.Say(type is EventType.ReplyDelta or EventType.DeltaRun ? PartKind.Text : PartKind.Refusal, sequence, escaped);
                break;
        }
    }
}
