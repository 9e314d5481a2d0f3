using System.Buffers;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.Native;

/// <summary>Our own dialect: server-sent events that carry the journal's JSON as it is; the id is the sequence.</summary>
/// <param name="merge">Whether neighbouring pieces that are at hand together go out as one, under the last one's id.</param>
internal sealed class NativeRenderer(bool merge) : IEventRenderer
{
    // EventSource's own default is "a few seconds"; a reader who lost his node is wanted back sooner.
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(2);

    // When the node itself says goodbye, another one is ready now.
    private static readonly TimeSpan RetryWhenLeaving = TimeSpan.FromMilliseconds(250);

    // What a thread keeps of the memory in which it puts frames together.
    private const int KeptScratch = 64 * 1024;

    // A thread's and not a reader's: hundreds who wait for a slow network would keep theirs for nothing.
    [ThreadStatic]
    private static ArrayBufferWriter<byte>? scratch;

    public string ContentType => SseFrames.ContentType;

    public bool CanResume => true;

    public bool CanRestart => true;

    public string? SharedForm => merge ? "native, merged" : "native";

    public void Begin(IBufferWriter<byte> output) => SseFrames.WriteRetry(output, Retry);

    public void Render(EventBlock block, IBufferWriter<byte> output)
    {
        var run = new MergedDeltas(ref scratch);
        foreach (var line in block)
        {
            if (!line.Type.IsContent())
            {
                run.End(output);
                SseFrames.WriteFrame(output, line.Last, line.TypeName, line.Json);
            }
            else if (merge)
            {
                run.Add(line, output);
            }
            else if (!line.Type.IsRun())
            {
                SseFrames.WriteFrame(output, line.Last, line.TypeName, line.Json);
            }
            else
            {
                WriteEach(output, line);
            }
        }

        run.End(output);
        if (scratch?.Capacity > KeptScratch)
        {
            scratch = null;
        }
    }

    public void Heartbeat(IBufferWriter<byte> output) => SseFrames.WriteComment(output, "heartbeat"u8);

    public void End(StreamEnd end, IBufferWriter<byte> output)
    {
        switch (end)
        {
            case StreamEnd.Gone:
                // Without an id: it is not in the journal, and there is no journal any more.
                SseFrames.WriteEvent(output, "conversation.deleted"u8);
                SseFrames.WriteData(output, "{\"type\":\"conversation.deleted\"}"u8);
                break;
            case StreamEnd.SignedOut:
                SseFrames.WriteComment(output, "what let you in has ended"u8);
                break;
            case StreamEnd.Leaving:
                SseFrames.WriteRetry(output, RetryWhenLeaving);
                SseFrames.WriteComment(output, "this node is stopping; reconnect to go on"u8);
                break;
        }
    }

    private static void WriteEach(IBufferWriter<byte> output, EventLine run)
    {
        scratch ??= new ArrayBufferWriter<byte>();
        var deltas = DeltaRun.Split(run);
        while (deltas.MoveNext())
        {
            scratch.ResetWrittenCount();
            DeltaRun.WritePiece(scratch, run, deltas.Sequence, deltas.EscapedText);
            SseFrames.WriteFrame(output, deltas.Sequence, DeltaRun.PieceNameOf(run), scratch.WrittenSpan);
        }
    }
}
