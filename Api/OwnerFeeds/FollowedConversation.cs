using System.Buffers;
using System.Collections.Immutable;
using System.IO.Pipelines;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Feeds;
using OrleansChat.Streaming;
using ReadResult = OrleansChat.Conversations.ReadResult;

namespace OrleansChat.OwnerFeeds;

/// <summary>A conversation whose events go out over an owner's connection.</summary>
/// <param name="membership">The connection's place in the conversation's feed.</param>
/// <param name="sequence">The last event that the client has.</param>
internal sealed class FollowedConversation(FeedMembership membership, long sequence) : IDisposable
{
    // So that one conversation with a long past does not keep the others waiting.
    private const int BlocksAtOnce = 16;

    private const int FlushBytes = 16 * 1024;

    private static readonly Task More = Task.CompletedTask;
    private static readonly Task Never = new TaskCompletionSource().Task;

    /// <summary>The conversation's id.</summary>
    public string Id { get; } = membership.Feed.Key.Id.Value;

    /// <summary>The last event that was written.</summary>
    public long Sequence { get; private set; } = sequence;

    /// <summary>Whether the conversation exists no more.</summary>
    public bool IsGone { get; private set; }

    /// <summary>Begins to follow a conversation.</summary>
    /// <param name="feeds">The feeds of this node.</param>
    /// <param name="key">Which conversation.</param>
    /// <param name="after">The last event that the client has; null for all that there are now.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Done when the client has left.</param>
    public static async Task<FollowedConversation> JoinAsync(
        ConversationFeeds feeds, ConversationKey key, long? after, TimeProvider clock, CancellationToken cancellationToken)
    {
        if (after is { } known)
        {
            return new FollowedConversation(await feeds.JoinPatientlyAsync(key, known, cancellationToken), known);
        }

        // Where its end is only its grain can say.
        var membership = await Patience.ReadAsync(left => feeds.JoinAsync(key, long.MaxValue, left), clock, cancellationToken);
        return new FollowedConversation(membership, membership.Feed.Head);
    }

    /// <summary>Writes what has come; returns what to wait for before there is more.</summary>
    public async Task<Task> WriteAsync(PipeWriter output, Func<OwnerCursor> cursor, CancellationToken aborted)
    {
        for (var blocks = 0; blocks < BlocksAtOnce && !IsGone; blocks++)
        {
            var view = membership.Feed.View(Sequence);
            if (view.Next is { } next)
            {
                Write(next.Block, output, cursor);
                if (output.UnflushedBytes >= FlushBytes)
                {
                    await output.FlushAsync(aborted);
                }
            }
            else if (view.IsGone)
            {
                IsGone = true;
                OwnerEvents.Write(Id, "conversation.deleted"u8, "{\"type\":\"conversation.deleted\"}"u8, cursor(), output);
            }
            else if (Sequence > view.Head && view.Head > 0)
            {
                // The cursor of a conversation that has had its id before.
                Sequence = view.Head;
                OwnerEvents.Write(Id, "reset"u8, "{\"type\":\"reset\"}"u8, cursor(), output);
            }
            else if (Sequence + 1 < view.First)
            {
                if (await ReadAsync() is not { } page)
                {
                    return view.Changed.AsTask();
                }

                await WritePageAsync(page, output, cursor, aborted);
            }
            else
            {
                return view.Changed.AsTask();
            }
        }

        return IsGone ? Never : More;
    }

    /// <summary>Leaves the conversation's feed.</summary>
    public void Dispose() => membership.Dispose();

    // Null when the grain does not answer; the feed wakes its readers when it does.
    private async Task<ImmutableArray<EventBlock>?> ReadAsync()
    {
        try
        {
            if (await membership.Feed.ReadAsync(Sequence) is ReadResult.Events events)
            {
                return events.Blocks;
            }

            await membership.Feed.RefreshQuietlyAsync();
            return [];
        }
        catch (Exception)
        {
            return null;
        }
    }

    // Who keeps a page waiting costs no page: the rest is read again when he goes on.
    private async Task WritePageAsync(ImmutableArray<EventBlock>? page, PipeWriter output, Func<OwnerCursor> cursor, CancellationToken aborted)
    {
        for (var i = 0; i < page?.Length; i++)
        {
            for (var rest = page?[i]; rest is not null;)
            {
                var beginning = rest.Beginning(FlushBytes);
                Write(beginning, output, cursor);
                rest = rest.After(beginning.Last);
                if (output.UnflushedBytes < FlushBytes)
                {
                    continue;
                }

                var flush = output.FlushAsync(aborted).AsTask();
                if (!await SlowReaders.KeepsUpAsync(flush))
                {
                    (page, rest) = (null, null);
                }

                await flush;
            }
        }
    }

    private void Write(EventBlock block, IBufferWriter<byte> output, Func<OwnerCursor> cursor)
    {
        if (block.After(Sequence) is not { } news)
        {
            return;
        }

        foreach (var line in news)
        {
            Sequence = line.Last;
            if (line.Type.IsRun())
            {
                var merged = new ArrayBufferWriter<byte>();
                DeltaRun.WritePiece(merged, line, line.Last, line.EscapedText);
                OwnerEvents.Write(Id, DeltaRun.PieceNameOf(line), merged.WrittenSpan, cursor(), output);
            }
            else
            {
                OwnerEvents.Write(Id, line.TypeName, line.Json, cursor(), output);
            }
        }
    }
}
