using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Feeds;
using ReadResult = OrleansChat.Conversations.ReadResult;

namespace OrleansChat.Streaming;

/// <summary>
/// One reader: a cursor into a conversation and a response. It takes the next events from the feed, or from the grain where it
/// has fallen behind, writes them and flushes; what a slow client has not taken yet waits in the journal, not here. This file is when it does that;
/// <c>EventStream.Blocks.cs</c> is what becomes of the events.
/// </summary>
internal sealed partial class EventStream(
    FeedMembership membership,
    IEventRenderer renderer,
    long cursor,
    StreamUntil until,
    ILogger logger,
    AwaitedReply? awaited = null,
    VoidContent? known = null) : IReader
{
    // Written at once when more is at hand; small enough that a slow client is noticed before much has piled up.
    private const int FlushBytes = 8 * 1024;

    private readonly ConversationFeed feed = membership.Feed;
    private readonly ReaderWait wait = new(membership.Group);
    private long cursor = cursor;
    private VoidContent unwanted = VoidContent.None;
    private EventType lastEnd;
    private bool hasEnded;
    private bool hasFlushed;
    private bool isCut;
    private bool hasSentText = known is not null;
    private bool isVoid;
    private int heartbeats;

    /// <inheritdoc />
    public long Lag => Math.Max(0, feed.Head - Volatile.Read(ref cursor));

    /// <summary>Writes until the stream ends, for whichever reason.</summary>
    /// <returns>Why it ended; null when the client went away.</returns>
    /// <exception cref="CutOffException">The connection has to be cut, so that the client does not take the end for a good one.</exception>
    public async Task<StreamEnd?> RunAsync(HttpContext context, CancellationToken leaving)
    {
        var output = context.Response.BodyWriter;
        var aborted = context.RequestAborted;
        using var onAborted = aborted.UnsafeRegister(static group => ((ReaderGroup)group!).WakeSoon(), membership.Group);
        heartbeats = membership.Group.Heartbeats;
        var admission = Admission.Of(context);
        renderer.Begin(output);
        if (!renderer.CanRestart)
        {
            unwanted = known ?? await VoidContent.FindAsync(feed, cursor, awaited?.Reply, aborted);
        }

        // What is at hand goes with the headers; they wait for nothing else. A connection that is cut takes whatever is flushed, and
        // says so, before the request is aborted; nobody may go round in between.
        while (!isCut && !aborted.IsCancellationRequested)
        {
            var view = feed.View(cursor, wait);
            if (leaving.IsCancellationRequested)
            {
                return await EndAsync(StreamEnd.Leaving, output);
            }

            if (admission.HasEnded)
            {
                return await EndAsync(StreamEnd.SignedOut, output);
            }

            if (isVoid)
            {
                return await EndAsync(StreamEnd.Restarted, output);
            }

            if (IsDone(view))
            {
                var failed = lastEnd is EventType.ReplyFailed or EventType.ReplyInterrupted;
                return await EndAsync(failed ? StreamEnd.Failed : StreamEnd.Complete, output);
            }

            if (view.Next is { } next)
            {
                Write(next, output);
            }
            else if (view.IsGone)
            {
                return await EndAsync(StreamEnd.Gone, output);
            }
            else if (cursor + 1 < view.First)
            {
                if (!hasFlushed)
                {
                    // The grain may take its time.
                    await FlushAsync(output, aborted);
                }

                await WritePageAsync(await ReadPageAsync(view, output), output, aborted);
            }
            else if (heartbeats != view.Heartbeats)
            {
                heartbeats = view.Heartbeats;
                renderer.Heartbeat(output);
            }
            else
            {
                renderer.CatchUp(output);
                if (output.UnflushedBytes > 0 || !hasFlushed)
                {
                    await FlushAsync(output, aborted);
                }
                else if (!aborted.IsCancellationRequested)
                {
                    // Asked again, now that he would be woken: who left before he began to wait would sleep until there is news.
                    await view.Changed;
                }

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

    private async Task<ReadResult.Events?> ReadPageAsync(FeedView view, PipeWriter output)
    {
        ReadResult? result;
        try
        {
            result = await feed.ReadPageAsync(cursor);
        }
        catch (Exception e)
        {
            // The silo is away or busy. The cursor stands; the feed wakes its readers when the grain answers again.
            LogWaiting(logger, e, feed.Key, cursor);
            await FlushAsync(output, CancellationToken.None);
            await view.Changed;
            return null;
        }

        if (result is ReadResult.Events events)
        {
            return events;
        }

        // The conversation is gone, which the feed has to learn too.
        await feed.RefreshQuietlyAsync();
        return null;
    }

    // As much of a page as the client takes at once. Who keeps it waiting costs no page: the rest is read again when he goes on.
    // The page itself is held, and not only its blocks, so that others at the same place find it (SharedPages).
    private async Task WritePageAsync(ReadResult.Events? page, PipeWriter output, CancellationToken aborted)
    {
        for (var i = 0; page is not null && i < page.Blocks.Length; i++)
        {
            for (var rest = page.Blocks[i]; rest is not null;)
            {
                var beginning = rest.Beginning(FlushBytes);
                Write(beginning, output);
                rest = rest.After(beginning.Last);
                if (output.UnflushedBytes < FlushBytes)
                {
                    continue;
                }

                var flush = FlushAsync(output, aborted).AsTask();
                if (!await SlowReaders.KeepsUpAsync(flush))
                {
                    (page, rest) = (null, null);
                }

                await flush;
                if (isCut)
                {
                    return;
                }
            }
        }
    }

    private async Task<StreamEnd?> EndAsync(StreamEnd end, PipeWriter output)
    {
        var cut = end switch
        {
            StreamEnd.Complete => false,
            StreamEnd.Failed => !renderer.TellsFailure,
            StreamEnd.Restarted => true,
            _ => !renderer.CanResume,
        };
        renderer.End(end, output);

        // Not given up when the client leaves meanwhile: who has read the end may be gone before this returns, and has been answered.
        await output.FlushAsync(CancellationToken.None);
        return cut ? throw new CutOffException(end) : end;
    }

    [LoggerMessage(LogLevel.Warning, "A reader of {Conversation} waits at {Cursor}: its grain does not answer.")]
    private static partial void LogWaiting(ILogger logger, Exception exception, ConversationKey conversation, long cursor);
}
