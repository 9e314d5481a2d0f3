using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Feeds;

namespace OrleansChat.Dialects.DurableStreams;

/// <summary>
/// A stream being read: all events of a conversation, which never closes, or those of one message, which closes with its last one.
/// </summary>
/// <param name="membership">The place in the conversation's feed.</param>
/// <param name="message">The one message; null for the conversation.</param>
internal sealed class DurableStream(FeedMembership membership, Message? message) : IDisposable
{
    private readonly string? messageId = message?.Id;

    // What a message that is not being made any more was last touched by is its end.
    private readonly long? end = message is null or { Status: MessageStatus.InProgress } ? null : message.Sequence;

    /// <summary>What tells it from all other streams.</summary>
    public string Name { get; } = message is null ? $"{membership.Feed.Key.Id}" : $"{membership.Feed.Key.Id}.{message.Id}";

    /// <summary>The conversation.</summary>
    public ConversationFeed Feed => membership.Feed;

    /// <summary>The sequence of its newest event.</summary>
    public long Tail => end ?? Feed.Head;

    /// <summary>Whether it was closed when it was opened here.</summary>
    public bool IsClosed => end is not null;

    /// <summary>Reads what is there after a sequence, as much as makes a page, without waiting for more.</summary>
    /// <returns>The page; null where the stream is gone.</returns>
    public async Task<StreamPage?> ReadAsync(long cursor)
    {
        var page = new StreamPageBuilder(cursor, messageId, end ?? long.MaxValue);
        while (page.HasRoom)
        {
            var view = Feed.View(page.Cursor);
            if (view.Next is { } next)
            {
                page.Add(next.Block);
            }
            else if (view.IsGone)
            {
                return null;
            }
            else if (page.Cursor + 1 >= view.First)
            {
                break;
            }
            else if (await Feed.ReadAsync(page.Cursor) is ReadResult.Events events)
            {
                foreach (var block in events.Blocks)
                {
                    page.Add(block);
                }
            }
            else
            {
                // The conversation is gone, which the feed has to learn too.
                await Feed.RefreshQuietlyAsync();
                return null;
            }
        }

        return page.Build(Tail, IsClosed);
    }

    /// <summary>Reads what is there after a sequence, or, where nothing is, what comes next.</summary>
    /// <param name="cursor">The sequence.</param>
    /// <param name="time">How long to wait at most.</param>
    /// <param name="clock">By what clock.</param>
    /// <param name="leaving">Done when the node stops: then nobody is waited for.</param>
    /// <param name="aborted">Done when the reader has left.</param>
    /// <param name="admission">What lets him in; null for what cannot end.</param>
    /// <returns>The page, empty if nothing came; null where the stream is gone.</returns>
    public async Task<StreamPage?> WaitAsync(
        long cursor, TimeSpan time, TimeProvider clock, CancellationToken leaving, CancellationToken aborted, Admission? admission = null)
    {
        var start = clock.GetTimestamp();
        while (true)
        {
            var page = await ReadAsync(cursor);
            var left = time - clock.GetElapsedTime(start);
            if (page is not { IsEmpty: true, IsClosed: false } || left <= TimeSpan.Zero || leaving.IsCancellationRequested || admission is { HasEnded: true })
            {
                return page;
            }

            cursor = page.Next;
            if (!HasNews(cursor))
            {
                await ChangedAsync(cursor, left, clock, aborted);
            }
        }
    }

    /// <summary>Whether there is something after a sequence that can be read.</summary>
    public bool HasNews(long cursor)
    {
        var view = Feed.View(cursor);
        return view.Next is not null || cursor + 1 < view.First || view.IsGone;
    }

    /// <summary>Returns when anything has changed, or after a time.</summary>
    public async Task ChangedAsync(long cursor, TimeSpan time, TimeProvider clock, CancellationToken aborted)
    {
        // A time that is up is one more reason to look around.
        await Feed.View(cursor).Changed.AsTask().WaitAsync(time, clock, aborted).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        aborted.ThrowIfCancellationRequested();
    }

    /// <inheritdoc />
    public void Dispose() => membership.Dispose();
}
