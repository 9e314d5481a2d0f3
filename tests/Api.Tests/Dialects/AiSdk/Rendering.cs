using System.Buffers;
using System.Text;
using OrleansChat.Conversations;
using OrleansChat.Dialects.AiSdk.Chunks;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Api.Tests.Dialects.AiSdk;

/// <summary>Renders replies of one conversation.</summary>
internal static class Rendering
{
    /// <summary>The conversation.</summary>
    public static readonly ConversationKey Key = new(OwnerId.Local, Parse("conv_01k9xf2q6r3m8t5v0w7y1z4b2c"));

    /// <summary>The reply msg_3 to msg_2.</summary>
    public static UiReply Reply { get; } = new(Key, "msg_2", "msg_3", 2);

    /// <summary>The chunks of a reply.</summary>
    public static IReadOnlyList<UiChunk> Render(UiReply reply, params IEnumerable<EventBlock> blocks) => UiChunk.Read(Frames(reply, blocks));

    /// <summary>The stream of a reply from a place on, in the bytes that a client gets.</summary>
    public static string Frames(UiReply reply, IEnumerable<EventBlock> blocks, long skip = 0, long seen = 0, ReplyScan? scan = null)
    {
        var output = new ArrayBufferWriter<byte>();
        var frames = new ChunkFrames(skip, seen);
        var renderer = new UiStreamRenderer(new MessageChunks(reply, frames) { Numbers = { Void = (scan ?? ReplyScan.Nothing).Void } }, frames);
        foreach (var block in blocks)
        {
            renderer.Render(block, output);
        }

        renderer.End(StreamEnd.Complete, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    /// <summary>How many chunks a client is going to get, and what is void of what there was.</summary>
    public static ReplyScan Scan(UiReply reply, params IReadOnlyList<EventBlock> blocks)
    {
        var frames = new ChunkFrames(long.MaxValue, 0);
        var message = new MessageChunks(reply, frames) { IsScan = true };
        var renderer = new UiStreamRenderer(message, frames);
        foreach (var block in blocks)
        {
            renderer.Render(block, new ArrayBufferWriter<byte>());
        }

        return new ReplyScan(frames.Count, message.Numbers.Void, message.EndedAt, blocks[^1].Last);
    }

    private static ConversationId Parse(string id) => ConversationId.TryParse(id, out var parsed) ? parsed : throw new ArgumentException(id, nameof(id));
}
