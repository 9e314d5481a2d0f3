using System.Buffers;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Feeds;
using ReadResult = OrleansChat.Conversations.ReadResult;

namespace OrleansChat.Streaming;

/// <summary>
/// One reader: a cursor into a conversation and a response. It takes the next events from the feed, or from the grain where it
/// has fallen behind, writes them and flushes; what a slow client has not taken yet waits in the journal, not here.
/// </summary>
internal sealed partial class EventStream(
    ConversationFeed feed,
    IEventRenderer renderer,
    long cursor,
    StreamUntil until,
    ILogger logger,
    AwaitedReply? awaited = null)
{
    // Written at once when more is at hand; small enough that a slow client is noticed before much has piled up.
    private const int FlushBytes = 16 * 1024;

    private long cursor = cursor;
    private EventType lastEnd;
    private bool hasEnded;
    private bool hasFlushed;
    private bool isCut;
    private bool hasSentText;
    private bool isVoid;
    private int heartbeats;

    /// <summary>How many of the events that this node knows of it has not written yet.</summary>
    public long Lag => Math.Max(0, feed.Head - Volatile.Read(ref cursor));

    /// <summary>Writes until the stream ends, for whichever reason.</summary>
    /// <returns>Why it ended; null when the client went away.</returns>
    /// <exception cref="CutOffException">The connection has to be cut, so that the client does not take the end for a good one.</exception>
    public async Task<StreamEnd?> RunAsync(HttpContext context, CancellationToken leaving)
    {
        var output = context.Response.BodyWriter;
        var aborted = context.RequestAborted;
        using var onAborted = aborted.UnsafeRegister(static feed => ((ConversationFeed)feed!).WakeSoon(), feed);
        heartbeats = feed.Heartbeats;
        renderer.Begin(output);

        // What is at hand goes with the headers; they wait for nothing else. A connection that is cut takes whatever is flushed, and
        // says so, before the request is aborted; nobody may go round in between.
        while (!isCut && !aborted.IsCancellationRequested)
        {
            var view = feed.View(cursor);
            if (leaving.IsCancellationRequested)
            {
                return await EndAsync(StreamEnd.Leaving, output, aborted);
            }

            if (isVoid)
            {
                return await EndAsync(StreamEnd.Restarted, output, aborted);
            }

            if (IsDone(view))
            {
                var failed = lastEnd is EventType.ReplyFailed or EventType.ReplyInterrupted;
                return await EndAsync(failed ? StreamEnd.Failed : StreamEnd.Complete, output, aborted);
            }

            if (view.Next is { } next)
            {
                Write(next, output);
            }
            else if (view.IsGone)
            {
                return await EndAsync(StreamEnd.Gone, output, aborted);
            }
            else if (cursor + 1 < view.First)
            {
                if (!hasFlushed)
                {
                    // The grain may take its time.
                    await FlushAsync(output, aborted);
                }

                await WriteFromGrainAsync(view, output);
            }
            else if (heartbeats != view.Heartbeats)
            {
                heartbeats = view.Heartbeats;
                renderer.Heartbeat(output);
            }
            else if (output.UnflushedBytes == 0 && hasFlushed)
            {
                await view.Changed;
                continue;
            }
            else
            {
                await FlushAsync(output, aborted);
                continue;
            }

            if (output.UnflushedBytes >= FlushBytes)
            {
                await FlushAsync(output, aborted);
            }
        }

        return null;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    private async ValueTask FlushAsync(PipeWriter output, CancellationToken aborted)
    {
        var result = await output.FlushAsync(aborted);
        isCut = result.IsCompleted;
        hasFlushed = true;
    }

    private bool IsBehindReplyEnd => until == StreamUntil.ReplyEnd && hasEnded;

    private bool IsDone(in FeedView view) => until switch
    {
        StreamUntil.ReplyEnd => IsBehindReplyEnd,
        StreamUntil.Idle => cursor >= view.Head && view.Status == ConversationStatus.Idle,
        _ => false,
    };

    private async Task WriteFromGrainAsync(FeedView view, PipeWriter output)
    {
        ReadResult? result;
        try
        {
            result = await feed.ReadAsync(cursor);
        }
        catch (Exception e)
        {
            // The silo is away or busy. The cursor stands; the feed wakes its readers when the grain answers again.
            LogWaiting(logger, e, feed.Key, cursor);
            await FlushAsync(output, CancellationToken.None);
            await view.Changed;
            return;
        }

        if (result is ReadResult.Events events)
        {
            foreach (var block in events.Blocks)
            {
                Write(block, output);
            }
        }
        else
        {
            // The conversation is gone, which the feed has to learn too.
            await feed.RefreshQuietlyAsync();
        }
    }

    private void Write(FeedBlock next, PipeWriter output)
    {
        var block = next.Block;
        if (!next.HasOnlyContent || block.First != cursor + 1 || block.First <= (awaited?.Seen ?? 0) || isVoid || IsBehindReplyEnd)
        {
            Write(block, output);
            return;
        }

        // The usual case: one delta or a few, all of them new. For a single reader it is not worth keeping.
        if (renderer.SharedForm is not null && feed.Readers > 1)
        {
            output.Write(next.RenderedBy(renderer).Span);
        }
        else
        {
            renderer.Render(block, output);
        }

        cursor = block.Last;
        hasSentText |= next.HasSpoken;
    }

    private void Write(EventBlock block, PipeWriter output)
    {
        if (isVoid || block.After(cursor) is not { } news || IsBehindReplyEnd)
        {
            return;
        }

        var (from, through, hasText) = (news.First, news.Last, false);
        foreach (var line in news)
        {
            if (line.Type.IsContent())
            {
                hasText |= line.Type.IsSpoken();
            }
            else if (line.Type == EventType.ReplyRestarted && !renderer.CanRestart)
            {
                // What this block has of the void text was not sent yet; what earlier ones had was.
                (from, isVoid) = (line.First, hasSentText);
                hasText = false;
                if (isVoid)
                {
                    return;
                }
            }
            else if (awaited?.EndsWith(line) ?? line.Type.IsReplyEnd())
            {
                (lastEnd, hasEnded) = (line.Type, true);
                if (until == StreamUntil.ReplyEnd)
                {
                    through = line.Last;
                    break;
                }
            }
        }

        if (news.After(Math.Max(from - 1, awaited?.Seen ?? 0))?.Through(through) is { } unseen)
        {
            renderer.Render(unseen, output);
        }

        cursor = through;
        hasSentText |= hasText;
    }

    private async Task<StreamEnd?> EndAsync(StreamEnd end, PipeWriter output, CancellationToken aborted)
    {
        var cut = end is StreamEnd.Failed or StreamEnd.Restarted || (end != StreamEnd.Complete && !renderer.CanResume);
        renderer.End(end, output);
        await output.FlushAsync(aborted);
        return cut ? throw new CutOffException() : end;
    }

    [LoggerMessage(LogLevel.Warning, "A reader of {Conversation} waits at {Cursor}: its grain does not answer.")]
    private static partial void LogWaiting(ILogger logger, Exception exception, ConversationKey conversation, long cursor);
}
