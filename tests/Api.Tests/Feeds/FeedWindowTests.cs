using OrleansChat.Feeds;
using OrleansChat.Testing;

namespace OrleansChat.Api.Tests.Feeds;

public class FeedWindowTests
{
    [Fact]
    public void Every_cursor_finds_its_block_and_old_ones_find_none()
    {
        var window = new FeedWindow();
        window.Clear(11);
        for (var first = 11L; first < 10_011; first += 2)
        {
            window.Add(new FeedBlock(Blocks.Deltas(first, "msg_3", "some words", "and some more")));
        }

        Assert.InRange(window.First, 9_000, 10_000);
        Assert.Null(window.After(window.First - 2));
        for (var cursor = window.First - 1; cursor < 10_010; cursor++)
        {
            var block = window.After(cursor)?.Block;
            Assert.True(block!.First <= cursor + 1 && cursor + 1 <= block.Last, $"after {cursor}");
        }

        Assert.Null(window.After(10_010));
    }

    [Fact]
    public void A_block_larger_than_the_window_is_kept_until_the_next_comes()
    {
        var window = new FeedWindow();
        window.Add(new FeedBlock(Blocks.Deltas(1, "msg_3", new string('x', FeedWindow.MaxBytes * 2))));

        Assert.NotNull(window.After(0));
        window.Add(new FeedBlock(Blocks.Deltas(2, "msg_3", "y")));
        Assert.Equal(2, window.First);
    }
}
