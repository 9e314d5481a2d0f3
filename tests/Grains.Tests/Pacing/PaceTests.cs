using OrleansChat.Pacing;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Pacing;

public class PaceTests
{
    private static readonly TimeSpan Period = TimeSpan.FromMilliseconds(4);

    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void A_few_at_once_are_free_and_then_each_comes_a_period_after_the_one_before()
    {
        var pace = new Pace(Period, burst: 3, longest: Period * 10, clock);

        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, Period, Period * 2], Take(pace, 5));
    }

    [Fact]
    public void Whoever_waits_is_not_late_for_the_next()
    {
        var pace = new Pace(Period, burst: 1, longest: Period, clock);
        pace.Next();
        for (var i = 0; i < 100; i++)
        {
            // A timer that is half a millisecond late, as they are.
            Assert.Equal(i == 0 ? Period : Period - TimeSpan.FromMilliseconds(0.5), pace.Next());
            clock.Advance(Period + (i == 0 ? TimeSpan.FromMilliseconds(0.5) : TimeSpan.Zero));
        }
    }

    [Fact]
    public void A_quiet_time_makes_a_few_free_again_and_no_more()
    {
        var pace = new Pace(Period, burst: 3, longest: Period * 10, clock);
        Take(pace, 5);
        clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal([TimeSpan.Zero, TimeSpan.Zero, TimeSpan.Zero, Period], Take(pace, 4));
    }

    [Fact]
    public void Nobody_waits_longer_than_the_longest_and_what_was_too_much_is_not_owed()
    {
        var pace = new Pace(Period, burst: 1, longest: Period * 2, clock);

        Assert.All(Take(pace, 1000)[3..], wait => Assert.Equal(Period * 2, wait));
        clock.Advance(Period * 3);
        Assert.Equal(TimeSpan.Zero, pace.Next());
    }

    [Fact]
    public void Less_than_a_timer_can_tell_is_not_waited_for()
    {
        var pace = new Pace(Period, burst: 1, longest: Period, clock);
        pace.Next();
        clock.Advance(Period - TimeSpan.FromMilliseconds(0.4));

        Assert.Equal(TimeSpan.Zero, pace.Next());
    }

    [Fact]
    public void Without_a_period_nobody_waits()
    {
        var pace = new Pace(TimeSpan.Zero, burst: 8, longest: TimeSpan.Zero, clock);

        Assert.All(Take(pace, 1000), wait => Assert.Equal(TimeSpan.Zero, wait));
    }

    private static TimeSpan[] Take(Pace pace, int count) => [.. Enumerable.Range(0, count).Select(_ => pace.Next())];
}
