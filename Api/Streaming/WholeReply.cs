using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Feeds;

namespace OrleansChat.Streaming;

/// <summary>Waits for a reply that is wanted in one piece.</summary>
internal sealed class WholeReply(ConversationFeeds feeds, ConversationLookup conversations, IHostApplicationLifetime lifetime)
{
    /// <summary>
    /// Waits until a reply has ended, for as long as the caller stays; through the death of its silo, as readers do.
    /// </summary>
    /// <param name="key">The conversation.</param>
    /// <param name="awaited">The reply.</param>
    /// <param name="cursor">A sequence before the reply's end.</param>
    /// <param name="admission">What lets the caller in.</param>
    /// <param name="aborted">Done when the caller has left.</param>
    /// <returns>The reply; null where it is not, or no more, to be had.</returns>
    /// <exception cref="AdmissionEndedException">What lets the caller in has ended. The reply goes on.</exception>
    /// <exception cref="OperationCanceledException">The caller has left; or this node stops, and another can be asked.</exception>
    public async Task<Message?> WaitAsync(ConversationKey key, AwaitedReply awaited, long cursor, Admission admission, CancellationToken aborted)
    {
        using var membership = await feeds.JoinPatientlyAsync(key, cursor, aborted);
        var feed = membership.Feed;
        while (true)
        {
            admission.ThrowIfEnded();
            var view = feed.View(cursor);
            if (view.Next is { } next)
            {
                if (EndsIn(next.Block))
                {
                    return await EndedAsync();
                }
            }
            else if (view.IsGone)
            {
                return null;
            }
            else if (cursor + 1 < view.First && await ReadAsync() is { } blocks)
            {
                if (blocks.Any(EndsIn))
                {
                    return await EndedAsync();
                }
            }
            else
            {
                // After the view, whose end a node that stops brings about once. Who leaves is not waited for by anybody.
                lifetime.ApplicationStopping.ThrowIfCancellationRequested();
                await view.Changed.AsTask().WaitAsync(aborted);
            }
        }

        bool EndsIn(EventBlock block)
        {
            if (block.After(cursor) is { } news)
            {
                cursor = news.Last;
                foreach (var line in news)
                {
                    if (awaited.EndsWith(line))
                    {
                        return true;
                    }
                }
            }

            return false;
        }

        async Task<Message?> EndedAsync() => awaited.Reply is { } reply ? await conversations.Find(key).GetMessageAsync(reply) : null;

        async Task<IReadOnlyList<EventBlock>?> ReadAsync()
        {
            try
            {
                if (await feed.ReadAsync(cursor) is ReadResult.Events events)
                {
                    return events.Blocks;
                }

                // The conversation is gone, which the feed has to learn too.
                await feed.RefreshQuietlyAsync();
                return [];
            }
            catch (Exception)
            {
                // The silo is away or busy. The feed wakes its readers when the grain answers again.
                return null;
            }
        }
    }
}
