using System.Buffers;
using OrleansChat.Conversations;
using OrleansChat.Events;
using OrleansChat.Streaming;

namespace OrleansChat.Feeds;

/// <summary>A block as a feed keeps it: looked through once for all readers, and rendered once for all of a dialect.</summary>
internal sealed class FeedBlock
{
    // Replaced, never changed. Two readers who are first at the same time both render, and one of the results goes.
    private volatile Rendering? renderings;

    /// <summary>Looks through a block.</summary>
    public FeedBlock(EventBlock block)
    {
        Block = block;
        HasOnlyContent = true;
        foreach (var line in block)
        {
            if (line.Type.IsContent())
            {
                HasSpoken |= line.Type.IsSpoken();
                continue;
            }

            HasOnlyContent = false;
            StatusAfter = line.Type == EventType.ReplyStarted ? ConversationStatus.Replying
                : line.Type.IsReplyEnd() ? ConversationStatus.Idle
                : StatusAfter;
        }
    }

    /// <summary>The events.</summary>
    public EventBlock Block { get; }

    /// <summary>Whether it holds pieces of replies and nothing else.</summary>
    public bool HasOnlyContent { get; }

    /// <summary>Whether any of them is shown in every dialect.</summary>
    public bool HasSpoken { get; }

    /// <summary>What the conversation does after it; null where it says nothing of that.</summary>
    public ConversationStatus? StatusAfter { get; }

    /// <summary>The block as a renderer writes it whose output is that of all renderers of its form.</summary>
    public ReadOnlyMemory<byte> RenderedBy(IEventRenderer renderer)
    {
        var form = renderer.SharedForm ?? throw new ArgumentException("The renderer's output is its own.", nameof(renderer));
        for (var known = renderings; known is not null; known = known.Next)
        {
            if (known.Form == form)
            {
                return known.Bytes;
            }
        }

        var output = new ArrayBufferWriter<byte>();
        renderer.Render(Block, output);
        renderings = new Rendering(form, output.WrittenMemory, renderings);
        return output.WrittenMemory;
    }

    private sealed record Rendering(string Form, ReadOnlyMemory<byte> Bytes, Rendering? Next);
}
