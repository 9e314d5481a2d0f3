using System.Buffers;
using OrleansChat.Dialects.Html.Blocks;
using OrleansChat.Dialects.Html.Messages;
using OrleansChat.Dialects.Native;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Dialects.Html.Events;

/// <summary>
/// Replies as rendered Markdown: each block once, when it is finished, and what still grows as often as the reader takes it. What is
/// neither text of a reply nor a message goes out as it is in the native dialect.
/// </summary>
/// <param name="reply">The reply that runs at the reader's cursor, with what it has there; null for none.</param>
/// <param name="cursor">The reader's cursor.</param>
internal sealed class HtmlRenderer(ReplyProgress? reply, long cursor) : IEventRenderer
{
    private readonly NativeRenderer native = new(merge: true);
    private readonly HtmlFrames frames = new();
    private readonly PendingPiece pending = new();
    private ReplyProgress? reply = reply;
    private OpenBlock? open = reply is null ? null : new OpenBlock(reply.Blocks);
    private int told = reply?.Blocks.Finished.Count ?? 0;
    private long last = cursor;
    private bool isQuiet;

    public string ContentType => SseFrames.ContentType;

    public bool CanResume => true;

    public bool CanRestart => true;

    public bool ShowsAllContent => true;

    public void Begin(IBufferWriter<byte> output) => native.Begin(output);

    public void Render(EventBlock block, IBufferWriter<byte> output)
    {
        foreach (var line in block)
        {
            last = line.Last;
            if (line.Type.IsContent())
            {
                Continue(line, output);
                continue;
            }

            pending.Write(frames, output);
            if (line.Type.IsReplyEnd())
            {
                End((ReplyEnded)line.Parse(), output);
            }
            else if (line.Type == EventType.MessageCreated)
            {
                frames.Whole(output, "message"u8, last, RenderedMessageView.Of((MessageCreated)line.Parse()), ApiJson.Default.RenderedMessageView);
            }
            else if (line.Type != EventType.ReplyAttached)
            {
                Pass(line, output);
            }
        }

        pending.Write(frames, output);
    }

    public void CatchUp(IBufferWriter<byte> output)
    {
        if (reply is not null && open!.IsDue(isQuiet) && open.Take() is { } change)
        {
            frames.Open(output, last, reply.Message, told, change);
        }

        isQuiet = false;
    }

    public void Heartbeat(IBufferWriter<byte> output)
    {
        isQuiet = true;
        native.Heartbeat(output);
    }

    public void End(StreamEnd end, IBufferWriter<byte> output) => native.End(end, output);

    private void Pass(EventLine line, IBufferWriter<byte> output)
    {
        if (line.Type == EventType.ReplyStarted)
        {
            Follow(new ReplyProgress(((ReplyStarted)line.Parse()).Message));
        }
        else if (line.Type == EventType.ReplyRestarted && reply is not null)
        {
            reply.Clear();
            Follow(reply);
        }

        SseFrames.WriteFrame(output, line.Last, line.TypeName, line.Json);
    }

    private void Continue(EventLine line, IBufferWriter<byte> output)
    {
        if (reply is null)
        {
            // Not one of ours: every reply starts before it goes on.
            return;
        }

        var piece = reply.Take(line);
        if (piece.Kind != PieceKind.Text)
        {
            pending.Add(reply.Message, piece, last, frames, output);
            return;
        }

        pending.Write(frames, output);
        TellFinished(reply.Blocks, last, output);
    }

    private void End(ReplyEnded ended, IBufferWriter<byte> output)
    {
        if (reply is null)
        {
            return;
        }

        var blocks = reply.Blocks;
        blocks.Finish();
        if (ended is ReplyCancelled { TextLength: { } length } && length < blocks.Text.Length)
        {
            (var whole, blocks) = (blocks, blocks.Cut(length));
            told = Math.Min(told, blocks.CommonWith(whole));
        }

        TellFinished(blocks, null, output);
        frames.Whole(output, "reply.ended"u8, last, ReplyEndedView.Of(ended, blocks.Finished.Count), ApiJson.Default.ReplyEndedView);
        Follow(null);
    }

    // Of several blocks that end with one event only the last may be a cursor.
    private void TellFinished(BlockSplitter blocks, long? sequence, IBufferWriter<byte> output)
    {
        for (; told < blocks.Finished.Count; told++)
        {
            var isLast = told == blocks.Finished.Count - 1;
            frames.Block(output, isLast ? sequence : null, reply!.Message, told, blocks.Render(blocks.Finished[told]));
        }
    }

    private void Follow(ReplyProgress? next)
    {
        reply = next;
        open = next is null ? null : new OpenBlock(next.Blocks);
        told = 0;
    }
}
