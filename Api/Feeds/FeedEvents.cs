using OrleansChat.Conversations;
using OrleansChat.Events;

namespace OrleansChat.Feeds;

/// <summary>
/// What a feed has of its conversation: the newest events, in order and without a gap, however they come. For one thread at a time, but for
/// <see cref="Head"/> and <see cref="Status"/>.
/// </summary>
internal sealed class FeedEvents
{
    private readonly BlocksAhead ahead = new();
    private readonly FeedWindow window = new();

    /// <summary>Whether the grain has answered. Before, there is nothing that events could continue.</summary>
    public bool IsOpen { get; private set; }

    /// <summary>The sequence of the newest event.</summary>
    public long Head { get; private set; }

    /// <summary>Whether a reply runs at <see cref="Head"/>.</summary>
    public ConversationStatus Status { get; private set; }

    /// <summary>The sequence of the first event that is here, or of the next one that will be.</summary>
    public long First => window.First;

    /// <summary>The block that holds the event after a cursor; null when it is not here.</summary>
    public FeedBlock? After(long cursor) => window.After(cursor);

    /// <summary>Takes in what the grain has answered.</summary>
    /// <returns>Whether anything is new.</returns>
    public bool Apply(ReadResult.Events answer)
    {
        var before = (IsOpen, Head, Status);
        if (!IsOpen && answer.Blocks is [var oldest, ..])
        {
            // The first page begins wherever the first reader is.
            window.Clear(oldest.First);
            Head = oldest.First - 1;
        }

        IsOpen = true;
        foreach (var block in answer.Blocks)
        {
            Take(block);
        }

        if (Head < answer.Head)
        {
            // More than a page lies between. Readers who need it read it themselves; the feed goes on at the head.
            window.Clear(answer.Head + 1);
            (Head, Status) = (answer.Head, answer.Status);
        }

        if (Head == answer.Head)
        {
            Status = answer.Status;
        }

        TakeAhead();
        return before != (IsOpen, Head, Status);
    }

    /// <summary>Takes in a block that continues what is here; any other waits until what precedes it is here.</summary>
    /// <returns>Whether it was taken in.</returns>
    public bool Append(EventBlock block)
    {
        if (!IsOpen || block.First > Head + 1)
        {
            ahead.Add(block);
            return false;
        }

        Take(block);
        TakeAhead();
        return true;
    }

    private void TakeAhead()
    {
        while (ahead.TryTakeAfter(Head, out var next))
        {
            Take(next);
        }
    }

    private void Take(EventBlock block)
    {
        if (block.After(Head) is not { } news)
        {
            return;
        }

        var next = new FeedBlock(news);
        window.Add(next);
        Head = news.Last;
        Status = next.StatusAfter ?? Status;
    }
}
