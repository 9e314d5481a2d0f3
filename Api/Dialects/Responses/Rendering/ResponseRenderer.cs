using System.Buffers;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.Responses.Rendering;

/// <summary>
/// OpenAI's Responses dialect: typed frames with <c>sequence_number</c>, by the rule of <see cref="ResponseSequence"/>. Fed with all events of a response, it
/// writes what comes after its reader's cursor.
/// </summary>
/// <param name="key">Which response.</param>
/// <param name="after">The number of the last frame that the reader has seen.</param>
/// <param name="voidThrough">The sequence with which the reply is known to have begun anew; 0 where it is not. What it said before is left out.</param>
/// <param name="withSignatures">Whether to tell what a model's provider wants back, also where the request did not ask for it.</param>
internal sealed class ResponseRenderer(ResponseKey key, long after, long voidThrough, bool withSignatures = false) : IEventRenderer
{
    private readonly ResponseState state = new(key, withSignatures);
    private readonly ResponseFrames frames = new(after);
    private long voidThrough = voidThrough;

    public string ContentType => SseFrames.ContentType;

    // Clients can come back, but those of this dialect take the end of a stream for the end of the response.
    public bool CanResume => false;

    public bool CanRestart => !state.HasOutput;

    public bool TellsFailure => true;

    public bool ShowsAllContent => true;

    public void Begin(IBufferWriter<byte> output) => SseFrames.WriteComment(output, "the response follows"u8);

    public void Render(EventBlock block, IBufferWriter<byte> output)
    {
        SkipVoid(block);
        frames.WriteTo(output);
        foreach (var line in block)
        {
            if (line.Last > voidThrough || !line.Type.IsContent())
            {
                state.Apply(line, frames);
            }
        }

        frames.WriteTo(null);
    }

    public void Heartbeat(IBufferWriter<byte> output) => SseFrames.WriteComment(output, "heartbeat"u8);

    public void End(StreamEnd end, IBufferWriter<byte> output)
    {
        frames.WriteTo(output);
        switch (end)
        {
            case StreamEnd.Restarted:
                frames.Error("restarted", "The response began anew on another server; what came so far is void. Read it from its beginning.");
                break;
            case StreamEnd.SignedOut:
                frames.Error("unauthenticated", "The key with which this was asked for works no more. The response goes on.");
                break;
            case StreamEnd.Gone:
                frames.Error("deleted", "The response was deleted.");
                break;
        }

        frames.WriteTo(null);
    }

    // Before anything is written there is nothing to take back: what is void in the same block is not written at all.
    private void SkipVoid(EventBlock block)
    {
        if (state.HasOutput)
        {
            return;
        }

        foreach (var line in block)
        {
            if (line.Type == EventType.ReplyRestarted && (state.Started is not { } started || ((ReplyRestarted)line.Parse()).Message == started.Message))
            {
                voidThrough = line.Last;
            }
        }
    }
}
