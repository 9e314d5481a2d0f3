using System.Buffers;
using System.Collections.Immutable;
using OrleansChat.Conversations;
using OrleansChat.Feeds;

namespace OrleansChat.Dialects.AiSdk.Chunks;

/// <summary>What there is of a reply so far, found out before a client is told any of it.</summary>
/// <param name="Chunks">How many chunks there are.</param>
/// <param name="Void">What is void of the steps that began anew, by their messages.</param>
/// <param name="EndedAt">The sequence of its end; 0 as long as it runs.</param>
/// <param name="Head">The sequence of the conversation's newest event; 0 where nobody has looked.</param>
internal sealed record ReplyScan(long Chunks, ImmutableDictionary<string, VoidStretch> Void, long EndedAt, long Head)
{
    /// <summary>Nothing, of a reply that has just started.</summary>
    public static ReplyScan Nothing { get; } = new(0, ImmutableDictionary<string, VoidStretch>.Empty, 0, 0);

    /// <summary>Reads the reply up to the newest event; null where the conversation is gone.</summary>
    public static async Task<ReplyScan?> ReadAsync(ConversationFeed feed, UiReply reply, TimeProvider clock)
    {
        var frames = new ChunkFrames(long.MaxValue, 0);
        var message = new MessageChunks(reply, frames) { IsScan = true };
        var renderer = new UiStreamRenderer(message, frames);
        var nowhere = new ArrayBufferWriter<byte>();
        var cursor = reply.Before;
        while (true)
        {
            if (await Patience.ReadAsync(() => feed.ReadAsync(cursor), clock) is not ReadResult.Events events)
            {
                return null;
            }

            foreach (var block in events.Blocks)
            {
                renderer.Render(block, nowhere);
                cursor = block.Last;
            }

            if (cursor >= events.Head || events.Blocks.IsEmpty || message.HasEnded)
            {
                return new ReplyScan(frames.Count, message.Numbers.Void, message.EndedAt, events.Head);
            }
        }
    }
}
