using Microsoft.AspNetCore.Http.HttpResults;
using OrleansChat.Authentication;
using OrleansChat.Conversations;
using OrleansChat.Dialects.Responses.Rendering;
using OrleansChat.Errors;
using OrleansChat.Events;
using OrleansChat.Feeds;
using OrleansChat.Streaming;
using ReadResult = OrleansChat.Conversations.ReadResult;

namespace OrleansChat.Dialects.Responses.Turns;

/// <summary>Reads responses, whole or as streams, out of their conversations' events.</summary>
internal sealed class ResponseReading(ConversationFeeds feeds, IHostApplicationLifetime lifetime, TimeProvider clock)
{
    /// <summary>Reads a response as far as it is.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="aborted">Done when the caller has left.</param>
    /// <param name="withSignatures">Whether to tell what a model's provider wants back, also where the request did not ask for it.</param>
    /// <returns>The response; null where it is not, or no more, to be had.</returns>
    public async Task<ResponseState?> ReadAsync(ResponseKey key, CancellationToken aborted, bool withSignatures = false)
    {
        using var membership = await JoinAsync(key, aborted);
        return await ReadAsync(membership.Feed, new ResponseState(key, withSignatures), toEnd: null, aborted);
    }

    /// <summary>Waits for a response's end, through the death of its silo, for as long as the caller stays.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="admission">What lets the caller in.</param>
    /// <param name="aborted">Done when the caller has left.</param>
    /// <returns>The response; null where it is not, or no more, to be had.</returns>
    /// <exception cref="AdmissionEndedException">What lets the caller in has ended. The response goes on.</exception>
    /// <exception cref="OperationCanceledException">The caller has left; or this node stops, and another can be asked.</exception>
    public async Task<ResponseState?> ReadToEndAsync(ResponseKey key, Admission admission, CancellationToken aborted)
    {
        using var membership = await JoinAsync(key, aborted);
        return await ReadAsync(membership.Feed, new ResponseState(key), toEnd: admission, aborted);
    }

    /// <summary>Streams a response from a cursor on to its end.</summary>
    /// <param name="key">Which one.</param>
    /// <param name="after">The number of the last frame that the caller has seen; <see cref="ResponseSequence.None"/> for none.</param>
    /// <param name="aborted">Done when the caller has left.</param>
    /// <param name="withSignatures">Whether to tell what a model's provider wants back, also where the request did not ask for it.</param>
    public async Task<Results<EventStreamResult, ProblemHttpResult>> FollowAsync(ResponseKey key, long after, CancellationToken aborted, bool withSignatures = false)
    {
        var membership = await JoinAsync(key, aborted);
        try
        {
            var state = await ReadAsync(membership.Feed, new ResponseState(key), toEnd: null, aborted);
            var refusal = state is { IsKnown: true } ? Refuse(state, after, membership.Feed.Head) : Problems.ReplyNotFound();
            if (refusal is not null)
            {
                membership.Dispose();
                return refusal;
            }

            var renderer = new ResponseRenderer(key, after, voidThrough: state!.Restarted, withSignatures);
            var awaited = new AwaitedReply(key.Message, state.Reply, seen: 0);
            return new EventStreamResult(membership, renderer, key.Before, StreamUntil.ReplyEnd, awaited);
        }
        catch
        {
            membership.Dispose();
            throw;
        }
    }

    private static ProblemHttpResult? Refuse(ResponseState state, long after, long head)
    {
        if (state.Started is not { } started)
        {
            return after > ResponseSequence.InProgress ? Problems.CursorBeyondHead(after, ResponseSequence.InProgress) : null;
        }

        var at = ResponseSequence.EventOf(started.Sequence, after);
        var last = state.Ended?.Sequence ?? head;
        return at > last ? Problems.CursorBeyondHead(after, ResponseSequence.NumberOf(started.Sequence, last, ResponseSequence.FramesPerEvent - 1))
            : at > started.Sequence && at <= state.Restarted ? Problems.ReplyRestarted(state.Restarted)
            : null;
    }

    private Task<FeedMembership> JoinAsync(ResponseKey key, CancellationToken aborted) =>
        Patience.ReadAsync(left => feeds.JoinAsync(key.Conversation, key.Before, left), clock, aborted);

    private async Task<ResponseState?> ReadAsync(ConversationFeed feed, ResponseState state, Admission? toEnd, CancellationToken aborted)
    {
        var (nowhere, cursor) = (new ResponseFrames(ResponseSequence.None), state.Key.Before);

        // What was taken out of the queue may have been deleted since, which its reader need not wait for.
        while (!state.IsEnded || (state.IsUnqueued && toEnd is null))
        {
            toEnd?.ThrowIfEnded();
            var view = feed.View(cursor);
            if (view.Next is { } next)
            {
                Take(next.Block);
            }
            else if (view.IsGone)
            {
                return null;
            }
            else if (cursor + 1 < view.First && await BehindAsync() is { } blocks)
            {
                foreach (var block in blocks)
                {
                    Take(block);
                }
            }
            else if (toEnd is null)
            {
                break;
            }
            else
            {
                // After the view, whose end a node that stops brings about once. Who leaves is not waited for by anybody.
                lifetime.ApplicationStopping.ThrowIfCancellationRequested();
                await view.Changed.AsTask().WaitAsync(aborted);
            }
        }

        toEnd?.ThrowIfEnded();
        return state;

        void Take(EventBlock block)
        {
            if (block.After(cursor) is { } news)
            {
                cursor = news.Last;
                foreach (var line in news)
                {
                    state.Apply(line, nowhere);
                }
            }
        }

        async Task<IReadOnlyList<EventBlock>?> BehindAsync()
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
            catch (Exception) when (toEnd is not null && !aborted.IsCancellationRequested)
            {
                // The silo is away or busy. The feed wakes its readers when the grain answers again.
                return null;
            }
        }
    }
}
