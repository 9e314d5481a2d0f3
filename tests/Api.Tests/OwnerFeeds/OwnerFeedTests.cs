using OrleansChat.Conversations;
using OrleansChat.Delivery;
using OrleansChat.OwnerFeeds;
using OrleansChat.Owners;

namespace OrleansChat.Api.Tests.OwnerFeeds;

public sealed class OwnerFeedTests
{
    private static readonly ConversationId Id = ConversationId.New(TimeProvider.System);

    private readonly FakeOwnerFeedGrain grain = new();
    private readonly OwnerFeed feed;

    public OwnerFeedTests() => feed = new OwnerFeed(OwnerId.Local, new Watcher(new NodeId("here"), 1), grain, TimeProvider.System);

    [Fact]
    public async Task News_in_a_row_is_passed_on_in_order_and_repetitions_are_not()
    {
        await feed.RefreshQuietlyAsync();

        feed.Accept(News("a", 1));
        feed.Accept(News("a", 2));
        feed.Accept(News("a", 1));
        feed.Accept(News("a", 2));

        Assert.Equal([1L, 2L], feed.After(0)!.Select(news => news.Position!.Number));
        Assert.Equal([2L], feed.After(1)!.Select(news => news.Position!.Number));
        Assert.Equal(0, feed.Gaps);
    }

    [Fact]
    public async Task A_number_that_is_left_out_is_a_gap()
    {
        await feed.RefreshQuietlyAsync();

        feed.Accept(News("a", 1));
        feed.Accept(News("a", 3));

        Assert.Equal(1, feed.Gaps);
        Assert.Equal(2, feed.After(0)!.Length);
    }

    [Fact]
    public async Task A_feed_that_begins_in_the_middle_has_no_gap()
    {
        grain.Position = new NewsPosition("a", 7);
        await feed.RefreshQuietlyAsync();

        feed.Accept(News("a", 8));

        Assert.Equal(0, feed.Gaps);
    }

    [Theory]
    [InlineData("a", 2, 1)]
    [InlineData("b", 0, 1)]
    [InlineData("a", 1, 0)]
    public async Task A_renewal_finds_what_the_stream_has_lost_or_that_the_grain_has_moved(string epoch, long number, int gaps)
    {
        await feed.RefreshQuietlyAsync();
        feed.Accept(News("a", 1));
        var changed = feed.Changed;
        Assert.False(changed.IsCompleted);

        grain.Position = new NewsPosition(epoch, number);
        await feed.RefreshQuietlyAsync();
        await feed.RefreshQuietlyAsync();

        Assert.Equal(gaps, feed.Gaps);
        Assert.Equal(gaps > 0, changed.IsCompleted);
    }

    [Fact]
    public async Task What_a_renewal_tells_of_may_still_be_on_its_way()
    {
        await feed.RefreshQuietlyAsync();
        grain.Position = new NewsPosition("a", 1);
        await feed.RefreshQuietlyAsync();

        feed.Accept(News("a", 1));
        await feed.RefreshQuietlyAsync();

        Assert.Single(feed.After(0)!);
        Assert.Equal(0, feed.Gaps);
    }

    [Fact]
    public async Task A_grain_that_does_not_answer_changes_nothing_and_what_it_had_is_found_later()
    {
        await feed.RefreshQuietlyAsync();
        grain.Failure = new TimeoutException();
        await feed.RefreshQuietlyAsync();
        Assert.Equal(0, feed.Gaps);

        (grain.Failure, grain.Position) = (null, new NewsPosition("a", 5));
        await feed.RefreshQuietlyAsync();
        await feed.RefreshQuietlyAsync();

        Assert.Equal(1, feed.Gaps);
    }

    [Fact]
    public async Task Who_falls_behind_what_is_kept_is_told_so()
    {
        await feed.RefreshQuietlyAsync();
        for (var number = 1; number <= OwnerFeed.Kept + 1; number++)
        {
            feed.Accept(News("a", number));
        }

        Assert.Null(feed.After(0));
        Assert.Equal(OwnerFeed.Kept, feed.After(1)!.Length);
        Assert.Empty(feed.After(feed.Count)!);
    }

    private static ConversationNews News(string epoch, long number) =>
        new(NewsKind.Deleted, Id, Conversation: null) { Position = new NewsPosition(epoch, number) };
}
