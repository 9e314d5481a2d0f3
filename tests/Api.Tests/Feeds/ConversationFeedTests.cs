using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.Events;
using OrleansChat.Feeds;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Feeds;

public class ConversationFeedTests
{
    private readonly ConversationKey key = new(OwnerId.Local, ConversationId.New(TimeProvider.System));
    private readonly FakeConversation grain = new();
    private readonly ConversationFeed feed;

    public ConversationFeedTests() => feed = new ConversationFeed(key, new Watcher(new NodeId("here"), 1), grain, TimeProvider.System);

    [Fact]
    public async Task Delivered_blocks_continue_what_was_read()
    {
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3)));
        await feed.RefreshAsync(0, CancellationToken.None);

        Deliver(grain.Commit(Blocks.Deltas(4, "msg_3", "a")));
        Deliver(grain.Commit(Blocks.Deltas(5, "msg_3", "b", "c")));

        Assert.Equal([1, 2, 3, 4, 5, 6, 7], [.. SequencesAfter(0), feed.Head + 1]);
        Assert.Equal(1, grain.Watches);
        Assert.Equal(ConversationStatus.Replying, feed.Status);
    }

    [Fact]
    public async Task A_repeated_block_changes_nothing()
    {
        await OpenAtAsync(3);
        var block = grain.Commit(Blocks.Deltas(4, "msg_3", "a", "b"));

        Deliver(block);
        Deliver(block);

        Assert.Equal([4, 5], SequencesAfter(3));
        Assert.Equal(1, grain.Watches);
    }

    [Fact]
    public async Task A_gap_is_filled_from_the_grain()
    {
        await OpenAtAsync(3);
        grain.Commit(Blocks.Deltas(4, "msg_3", "lost"));

        Deliver(grain.Commit(Blocks.Deltas(5, "msg_3", "here")));

        Assert.Equal([4, 5], SequencesAfter(3));
        Assert.Equal(2, grain.Watches);
    }

    [Fact]
    public async Task Blocks_out_of_order_wait_for_the_one_between_and_are_taken_once()
    {
        await OpenAtAsync(3);
        var first = grain.Commit(Blocks.Deltas(4, "msg_3", "a"));
        var second = grain.Commit(Blocks.Deltas(5, "msg_3", "b"));
        var third = grain.Commit(Blocks.Deltas(6, "msg_3", "c"));
        var gate = new TaskCompletionSource();
        grain.Gate = gate.Task;

        Deliver(third);
        Deliver(second);
        Assert.Equal(3, feed.Head);
        Deliver(first);
        Assert.Equal(6, feed.Head);
        gate.SetResult();

        Assert.Equal([4, 5, 6], SequencesAfter(3));
    }

    [Fact]
    public async Task What_is_delivered_before_the_first_answer_is_not_lost()
    {
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3)));
        var gate = new TaskCompletionSource();
        grain.Gate = gate.Task;
        var opening = feed.RefreshAsync(3, CancellationToken.None);

        Deliver(grain.Commit(Blocks.Deltas(4, "msg_3", "a")));
        gate.SetResult();
        await opening;

        Assert.Equal([4], SequencesAfter(3));
        Assert.Equal(1, grain.Watches);
    }

    [Fact]
    public async Task A_pulled_page_that_overlaps_what_was_delivered_meanwhile_is_cut_to_fit()
    {
        await OpenAtAsync(3);
        var gate = new TaskCompletionSource();
        grain.Gate = gate.Task;
        var delivered = Blocks.Deltas(4, "msg_3", "a");
        grain.Commit(Journal.ReplyCompaction.Compact(Blocks.Deltas(4, "msg_3", "a", "b", "c")));
        var refresh = feed.RefreshAsync(0, CancellationToken.None);

        Deliver(delivered);
        gate.SetResult();
        await refresh;

        Assert.Equal([4, 5, 6], SequencesAfter(3));
    }

    [Fact]
    public async Task More_than_a_page_behind_the_feed_goes_on_at_the_head_and_readers_read_the_rest_themselves()
    {
        await OpenAtAsync(3);
        grain.PageBlocks = 1;
        grain.Commit(Blocks.Deltas(4, "msg_3", "a"));
        grain.Commit(Blocks.Deltas(5, "msg_3", "b"));

        await feed.RefreshAsync(0, CancellationToken.None);

        var view = feed.View(3);
        Assert.Null(view.Next);
        Assert.Equal((6, 5), (view.First, view.Head));
    }

    [Fact]
    public async Task Ends_and_starts_of_replies_change_the_status()
    {
        await OpenAtAsync(3);

        Deliver(grain.Commit(Blocks.Of(Blocks.Completed(4, "msg_3"))));
        Assert.Equal(ConversationStatus.Idle, feed.Status);

        Deliver(grain.Commit(Blocks.Of(Blocks.Asked(5), Blocks.Started(6))));
        Assert.Equal(ConversationStatus.Replying, feed.Status);
    }

    [Fact]
    public async Task Readers_are_woken_by_news_and_told_of_a_deletion()
    {
        await OpenAtAsync(3);
        var waiting = feed.View(3).Changed.AsTask();
        Assert.False(waiting.IsCompleted);

        Deliver(grain.Commit(Blocks.Deltas(4, "msg_3", "a")));
        await waiting.WaitAsync(TimeSpan.FromSeconds(10));
        var again = feed.View(4).Changed.AsTask();
        feed.Accept(new DeliveryItem(key, DeliveryKind.Deleted, null));
        await again.WaitAsync(TimeSpan.FromSeconds(10));

        Assert.True(feed.View(4).IsGone);
    }

    [Fact]
    public async Task Readers_who_come_at_once_share_an_answer_but_none_that_was_asked_for_before()
    {
        await OpenAtAsync(3);
        var gate = new TaskCompletionSource();
        grain.Gate = gate.Task;
        var first = feed.RefreshAsync(3, CancellationToken.None);
        Assert.True(feed.IsRefreshing);
        using var leaving = new CancellationTokenSource();
        var left = feed.RefreshAsync(3, leaving.Token);
        var others = Enumerable.Range(0, 1000).Select(_ => feed.RefreshAsync(3, CancellationToken.None)).ToArray();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => left);
        grain.Commit(Blocks.Deltas(4, "msg_3", "a"));
        gate.SetResult();

        await first;
        await Task.WhenAll(others);

        Assert.Equal(4, feed.Head);
        Assert.Equal((3, false), (grain.Watches, feed.IsRefreshing));
    }

    [Fact]
    public async Task A_failure_is_told_to_those_who_waited_for_it()
    {
        var gate = new TaskCompletionSource();
        grain.Gate = gate.Task;
        var first = feed.RefreshAsync(0, CancellationToken.None);
        var second = feed.RefreshAsync(0, CancellationToken.None);
        grain.Commit(Blocks.Of(Blocks.Created()));
        gate.SetException(new TimeoutException());

        await Assert.ThrowsAsync<TimeoutException>(() => first);
        await Assert.ThrowsAsync<TimeoutException>(() => second);
        grain.Gate = Task.CompletedTask;
        await feed.RefreshAsync(0, CancellationToken.None);
        Assert.Equal((1, false), (feed.Head, feed.Freshness.IsStale));
    }

    [Fact]
    public async Task A_conversation_that_does_not_exist_is_gone()
    {
        grain.Exists = false;
        await feed.RefreshAsync(0, CancellationToken.None);

        Assert.True(feed.IsGone);
    }

    [Fact]
    public async Task A_cursor_beyond_the_head_shows_as_one()
    {
        grain.Commit(Blocks.Of(Blocks.Created()));
        await feed.RefreshAsync(7, CancellationToken.None);

        Assert.Equal(1, feed.View(7).Head);
    }

    private async Task OpenAtAsync(long cursor)
    {
        grain.Commit(Blocks.Of(Blocks.Created(), Blocks.Asked(2), Blocks.Started(3)));
        await feed.RefreshAsync(cursor, CancellationToken.None);
    }

    private void Deliver(EventBlock block) => feed.Accept(new DeliveryItem(key, DeliveryKind.Events, block));

    private List<long> SequencesAfter(long cursor)
    {
        var found = new List<long>();
        while (feed.View(cursor).Next?.Block.After(cursor) is { } block)
        {
            for (var sequence = block.First; sequence <= block.Last; sequence++)
            {
                found.Add(sequence);
            }

            cursor = block.Last;
        }

        return found;
    }
}
