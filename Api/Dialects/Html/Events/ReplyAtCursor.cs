using System.Text;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Feeds;

namespace OrleansChat.Dialects.Html.Events;

/// <summary>Finds out what a reader who comes back has of the reply in the middle of which he left.</summary>
/// <param name="feed">The conversation.</param>
/// <param name="conversation">The same, to be asked.</param>
/// <param name="clock">The time.</param>
internal sealed class ReplyAtCursor(ConversationFeed feed, PatientConversation conversation, TimeProvider clock)
{
    // Replies may follow each other while one is looked for.
    private const int Attempts = 5;

    /// <summary>The reply that runs at a cursor, with what it has there; null where none does.</summary>
    /// <param name="cursor">The cursor.</param>
    /// <exception cref="TimeoutException">It cannot be found out now.</exception>
    public async Task<ReplyProgress?> ReadAsync(long cursor)
    {
        for (var attempt = 0; cursor > 0 && attempt < Attempts; attempt++)
        {
            var (message, isRunning) = await FindAsync(cursor);
            if (!isRunning)
            {
                return null;
            }

            message ??= (await conversation.GetAsync())?.Reply;
            if (message is not null && await ReadAsync(message, cursor) is { } reply)
            {
                return reply;
            }

            // It has ended just now, which the events after the cursor tell.
            await feed.RefreshQuietlyAsync();
        }

        return cursor == 0 ? null : throw new TimeoutException($"Which reply runs in {feed.Key} cannot be told.");
    }

    // The first event after the cursor that says anything of replies says whether one runs there; and most of them which.
    private async Task<(string? Message, bool IsRunning)> FindAsync(long cursor)
    {
        for (var after = cursor; ;)
        {
            var (blocks, head, status) = await NextAsync(after);
            foreach (var block in blocks)
            {
                if (block.After(after) is { } news && Find(news) is { } found)
                {
                    return found;
                }

                after = Math.Max(after, block.Last);
            }

            if (blocks.Count == 0 || after >= head)
            {
                return (null, status == ConversationStatus.Replying);
            }
        }
    }

    private static (string? Message, bool IsRunning)? Find(EventBlock block)
    {
        foreach (var line in block)
        {
            if (line.Type.IsContent())
            {
                return (Encoding.UTF8.GetString(line.Message), true);
            }

            switch (line.Type)
            {
                case EventType.ReplyStarted:
                    return (null, false);
                case EventType.ReplyContext:
                    return (((ReplyContext)line.Parse()).Message, true);
                case EventType.ReplyAttached:
                    return (((ReplyAttached)line.Parse()).Message, true);
                case EventType.ReplyContinued or EventType.ReplyRestarted:
                    return (((ReplyTakenOver)line.Parse()).Message, true);
                case var end when end.IsReplyEnd():
                    return (((ReplyEnded)line.Parse()).Message, true);
            }
        }

        return null;
    }

    private async Task<ReplyProgress?> ReadAsync(string message, long cursor)
    {
        ReplyProgress? reply = null;
        for (var after = new ReplyId(feed.Key.Id, message).Before; after < cursor;)
        {
            var (blocks, _, _) = await NextAsync(after);
            if (blocks.Count == 0)
            {
                return null;
            }

            foreach (var block in blocks)
            {
                if (block.After(after) is { } news)
                {
                    reply = Take(reply, news, message, cursor);
                    after = news.Last;
                }
            }
        }

        return reply;
    }

    private static ReplyProgress? Take(ReplyProgress? reply, EventBlock block, string message, long cursor)
    {
        foreach (var line in block)
        {
            if (line.First > cursor)
            {
                break;
            }

            if (line.Last > cursor)
            {
                // A run of pieces in which the cursor lies.
                reply = Take(reply, Pieces.Of(line).Through(cursor)!, message, cursor);
            }
            else if (line.Type == EventType.ReplyStarted && ((ReplyStarted)line.Parse()).Message == message)
            {
                reply = new ReplyProgress(message);
            }
            else if (line.Type == EventType.ReplyRestarted)
            {
                reply?.Clear();
            }
            else if (line.Type.IsContent())
            {
                reply?.Take(line);
            }
        }

        return reply;
    }

    private async Task<(IReadOnlyList<EventBlock> Blocks, long Head, ConversationStatus Status)> NextAsync(long after)
    {
        var view = feed.View(after);
        if (view.Next is { } next)
        {
            return ([next.Block], view.Head, view.Status);
        }

        return !view.IsGone && after < view.Head && await Patience.ReadAsync(() => feed.ReadAsync(after), clock) is ReadResult.Events events
            ? (events.Blocks, events.Head, events.Status)
            : ([], view.Head, view.IsGone ? ConversationStatus.Idle : view.Status);
    }
}
