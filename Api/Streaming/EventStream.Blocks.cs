using System.Buffers;
using System.IO.Pipelines;
using OrleansChat.Events;
using OrleansChat.Feeds;

namespace OrleansChat.Streaming;

internal sealed partial class EventStream
{
    private void Write(FeedBlock next, PipeWriter output)
    {
        var block = next.Block;
        if (!next.HasOnlyContent || block.First != cursor + 1 || block.First <= (awaited?.Seen ?? 0) || block.First <= unwanted.Through || isVoid || IsBehindReplyEnd)
        {
            Write(block, output);
            return;
        }

        // The usual case: one delta or a few, all of them new. For a single reader it is not worth keeping.
        if (renderer.SharedForm is not null && feed.Readers > 1)
        {
            output.Write(next.RenderedBy(renderer).Span);
        }
        else
        {
            renderer.Render(block, output);
        }

        cursor = block.Last;
        hasSentText |= next.HasSpoken || renderer.ShowsAllContent;
    }

    private void Write(EventBlock block, PipeWriter output)
    {
        if (isVoid || block.After(cursor) is not { } news || IsBehindReplyEnd)
        {
            return;
        }

        var (from, through, hasText) = (news.First, news.Last, false);
        foreach (var line in news)
        {
            if (line.Last <= unwanted.Through && (line.Type.IsContent() || line.Type == EventType.ReplyRestarted))
            {
                continue;
            }

            if (line.Type.IsContent())
            {
                hasText |= renderer.ShowsAllContent || line.Type.IsSpoken();
            }
            else if (line.Type == EventType.ReplyRestarted && !renderer.CanRestart)
            {
                // What this block has of the void text was not sent yet; what earlier ones had was.
                (from, isVoid) = (line.First, hasSentText);
                hasText = false;
                if (isVoid)
                {
                    return;
                }
            }
            else if (awaited?.EndsWith(line) ?? line.Type.IsReplyEnd())
            {
                (lastEnd, hasEnded) = (line.Type, true);
                if (until == StreamUntil.ReplyEnd)
                {
                    through = line.Last;
                    break;
                }
            }
        }

        if (news.After(Math.Max(from - 1, awaited?.Seen ?? 0))?.Through(through) is { } unseen)
        {
            unwanted.Render(unseen, renderer, output);
        }

        cursor = through;
        hasSentText |= hasText;
    }
}
