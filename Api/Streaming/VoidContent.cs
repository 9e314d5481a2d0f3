using System.Buffers;
using OrleansChat.Events;
using OrleansChat.Feeds;

namespace OrleansChat.Streaming;

/// <summary>
/// What replies that began anew had said before. A client that comes after that, and cannot be told of it, never sees it: what it has
/// of a reply would be cut off, time and again.
/// </summary>
/// <param name="through">The sequence up to which content is void; 0 where none is.</param>
internal sealed class VoidContent(long through)
{
    /// <summary>Nothing is void.</summary>
    public static readonly VoidContent None = new(0);

    /// <summary>The sequence up to which content is void; 0 where none is.</summary>
    public long Through => through;

    /// <summary>Looks for replies that began anew, among the events from a cursor to those known at this moment.</summary>
    /// <param name="feed">The conversation.</param>
    /// <param name="cursor">The cursor.</param>
    /// <param name="reply">The reply that matters; null for any.</param>
    /// <param name="leaving">When nobody waits for it any more; what was found by then is returned.</param>
    public static async Task<VoidContent> FindAsync(ConversationFeed feed, long cursor, string? reply, CancellationToken leaving)
    {
        var through = 0L;
        while (true)
        {
            var view = feed.View(cursor);
            if (leaving.IsCancellationRequested)
            {
                return new VoidContent(through);
            }

            if (view.Next is { } next)
            {
                through = next.HasOnlyContent ? through : RestartIn(next.Block, reply) ?? through;
                cursor = next.Block.Last;
            }
            else if (!view.IsGone && cursor + 1 < view.First && await ReadAsync(feed, cursor) is [.., var last] blocks)
            {
                through = blocks.Select(block => RestartIn(block, reply)).LastOrDefault(restart => restart is not null) ?? through;
                cursor = last.Last;
            }
            else
            {
                return through == 0 ? None : new VoidContent(through);
            }
        }
    }

    /// <summary>Renders events but for the content that is void.</summary>
    public void Render(EventBlock block, IEventRenderer renderer, IBufferWriter<byte> output)
    {
        if (block.First > through)
        {
            renderer.Render(block, output);
            return;
        }

        var offset = 0;
        foreach (var line in block)
        {
            if (line.First > through)
            {
                renderer.Render(new EventBlock(line.First, block.Last, block.Lines[offset..]), output);
                return;
            }

            var length = line.Json.Length + 1;
            if (!line.Type.IsContent())
            {
                renderer.Render(new EventBlock(line.First, line.Last, block.Lines.Slice(offset, length)), output);
            }

            offset += length;
        }
    }

    private static async Task<IReadOnlyList<EventBlock>> ReadAsync(ConversationFeed feed, long cursor)
    {
        try
        {
            return await feed.ReadAsync(cursor) is Conversations.ReadResult.Events events ? events.Blocks : [];
        }
        catch (Exception)
        {
            // The silo is away or busy. What cannot be known now is cut off later, if need be.
            return [];
        }
    }

    private static long? RestartIn(EventBlock block, string? reply)
    {
        long? found = null;
        foreach (var line in block)
        {
            if (line.Type == EventType.ReplyRestarted && (reply is null || ((ReplyRestarted)line.Parse()).Message == reply))
            {
                found = line.Last;
            }
        }

        return found;
    }
}
