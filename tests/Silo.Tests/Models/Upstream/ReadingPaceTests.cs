using OrleansChat.Models.Upstream;
using OrleansChat.Testing.Time;

namespace OrleansChat.Silo.Tests.Models.Upstream;

public sealed class ReadingPaceTests
{
    [Fact]
    public void A_process_that_keeps_up_reads_at_once()
    {
        var pace = new ReadingPace();
        pace.Observe(ReadingPace.LongWait);
        Assert.Equal(TimeSpan.Zero, pace.Pause);
    }

    [Fact]
    public void A_process_that_does_not_keep_up_pauses_for_longer_and_longer_up_to_a_limit()
    {
        var pace = new ReadingPace();
        var before = TimeSpan.Zero;
        while (pace.Pause < ReadingPace.LongestPause)
        {
            pace.Observe(TimeSpan.FromMilliseconds(50));
            Assert.True(pace.Pause > before);
            before = pace.Pause;
        }

        pace.Observe(TimeSpan.FromSeconds(5));
        Assert.Equal(ReadingPace.LongestPause, pace.Pause);
    }

    [Fact]
    public void What_the_pause_has_brought_does_not_end_it_at_once()
    {
        var pace = new ReadingPace();
        pace.Observe(TimeSpan.FromMilliseconds(50));
        var paused = pace.Pause;

        pace.Observe(ReadingPace.ShortWait);
        Assert.Equal(paused, pace.Pause);

        pace.Observe(TimeSpan.Zero);
        Assert.InRange(pace.Pause, paused * 0.8, paused * 0.95);
        for (var i = 0; i < 10; i++)
        {
            pace.Observe(TimeSpan.Zero);
        }

        Assert.Equal(TimeSpan.Zero, pace.Pause);
    }

    [Fact]
    public async Task A_stream_is_left_alone_from_one_read_to_the_next()
    {
        var clock = new ManualTimeProvider();
        var pace = new ReadingPace();
        pace.Observe(TimeSpan.FromMilliseconds(50));
        var inner = new MemoryStream("ab"u8.ToArray());
        await using var stream = new PacedStream(inner, pace, clock);
        Assert.Equal(1, await stream.ReadAsync(new byte[1]));

        var second = stream.ReadAsync(new byte[1]).AsTask();
        clock.Advance(pace.Pause - TimeSpan.FromMilliseconds(1));
        Assert.False(second.IsCompleted);
        Assert.Equal(1, inner.Position);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await second);

        clock.Advance(pace.Pause);
        Assert.True(stream.ReadAsync(new byte[1]).AsTask().IsCompletedSuccessfully);
    }

    [Fact]
    public async Task The_end_of_a_complete_reply_is_not_waited_for()
    {
        var pace = new ReadingPace();
        pace.Observe(TimeSpan.FromMilliseconds(50));
        await using var stream = new PacedStream(new MemoryStream(new byte[1]), pace, new ManualTimeProvider());
        await stream.ReadExactlyAsync(new byte[1]);

        stream.EndPauses();

        Assert.Equal(0, await stream.ReadAsync(new byte[1]));
    }

    [Fact]
    public async Task Cancelling_does_not_wait_for_the_pause()
    {
        var pace = new ReadingPace();
        pace.Observe(TimeSpan.FromMilliseconds(50));
        await using var stream = new PacedStream(new MemoryStream(new byte[2]), pace, new ManualTimeProvider());
        await stream.ReadExactlyAsync(new byte[1]);
        using var cancelling = new CancellationTokenSource();

        var read = stream.ReadAsync(new byte[1], cancelling.Token).AsTask();
        await cancelling.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
    }
}
