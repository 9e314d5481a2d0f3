using Microsoft.Extensions.Logging.Abstractions;
using OrleansChat.Replies;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Replies;

/// <summary>One timer that looks at all replies.</summary>
public sealed class ReplyWatchTests : IDisposable
{
    private readonly ManualTimeProvider clock = new();
    private readonly ReplyWatch watch;

    public ReplyWatchTests() => watch = new ReplyWatch(clock, NullLogger<ReplyWatch>.Instance);

    public void Dispose() => watch.Dispose();

    [Fact]
    public void Each_reply_is_looked_at_as_often_as_it_has_to_be()
    {
        var (often, rarely) = (0, 0);
        watch.Add(() => rarely++, TimeSpan.FromSeconds(5));
        Pass(TimeSpan.FromSeconds(1));
        watch.Add(() => often++, TimeSpan.FromMilliseconds(50));

        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal((20, 0), (often, rarely));
        Pass(TimeSpan.FromSeconds(3));
        Assert.Equal((80, 1), (often, rarely));
        Pass(TimeSpan.FromSeconds(10));
        Assert.Equal((280, 3), (often, rarely));
    }

    [Fact]
    public void A_reply_that_has_ended_is_not_looked_at_any_more_and_others_are()
    {
        var (ended, running) = (0, 0);
        var first = watch.Add(() => ended++, TimeSpan.FromSeconds(1));
        watch.Add(() => running++, TimeSpan.FromSeconds(1));
        Pass(TimeSpan.FromSeconds(1));

        first.Dispose();
        first.Dispose();
        Pass(TimeSpan.FromSeconds(2));

        Assert.Equal((1, 3), (ended, running));
    }

    [Fact]
    public void A_reply_that_ends_as_another_is_looked_at_may_end_and_begin_there()
    {
        var looked = 0;
        IDisposable? second = null;
        using var first = watch.Add(
            () =>
            {
                second!.Dispose();
                watch.Add(() => looked += 100, TimeSpan.FromSeconds(1));
            },
            TimeSpan.FromSeconds(1));
        second = watch.Add(() => looked++, TimeSpan.FromSeconds(1));

        Pass(TimeSpan.FromSeconds(1));
        Assert.Equal(0, looked);
        Pass(TimeSpan.FromSeconds(1.05));
        Assert.Equal(100, looked);
    }

    [Fact]
    public void A_look_that_fails_keeps_no_other_from_being_looked_at()
    {
        var looked = 0;
        watch.Add(() => throw new InvalidOperationException("never"), TimeSpan.FromSeconds(1));
        watch.Add(() => looked++, TimeSpan.FromSeconds(1));

        Pass(TimeSpan.FromSeconds(3));

        Assert.Equal(3, looked);
    }

    [Fact]
    public async Task Nothing_of_whoever_replies_first_is_kept_by_its_timer()
    {
        var mine = new AsyncLocal<string> { Value = "the first one's" };
        using var made = new ReplyWatch(TimeProvider.System, NullLogger<ReplyWatch>.Instance);
        var seen = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        made.Add(() => seen.TrySetResult(mine.Value), TimeSpan.FromMilliseconds(50));

        Assert.Null(await seen.Task.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("the first one's", mine.Value);
    }

    private void Pass(TimeSpan time)
    {
        for (var passed = TimeSpan.Zero; passed < time; passed += TimeSpan.FromMilliseconds(50))
        {
            clock.Advance(TimeSpan.FromMilliseconds(50));
        }
    }
}
