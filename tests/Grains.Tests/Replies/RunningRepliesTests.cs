using OrleansChat.Replies;

namespace OrleansChat.Grains.Tests.Replies;

public class RunningRepliesTests
{
    private readonly RunningReplies replies = new();

    [Fact]
    public void WhenNone_NoneRuns_IsDone() => Assert.True(replies.WhenNoneAsync().IsCompleted);

    [Fact]
    public async Task WhenNone_TheLastOneEnds_IsDone()
    {
        replies.Started();
        replies.Started();
        var none = replies.WhenNoneAsync();

        replies.Ended();
        Assert.False(none.IsCompleted);
        replies.Ended();

        await none.WaitAsync(TimeSpan.FromSeconds(10));
        Assert.Equal(0, replies.Count);
    }

    [Fact]
    public void WhenNone_AnotherStartsAfterwards_IsAskedAnew()
    {
        replies.Started();
        _ = replies.WhenNoneAsync();
        replies.Ended();
        replies.Started();

        Assert.False(replies.WhenNoneAsync().IsCompleted);
    }
}
