using OrleansChat.Limiting;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Limiting;

/// <summary>What is left of a day's tokens.</summary>
public class TokenDayTests
{
    private readonly ManualTimeProvider clock = new();

    [Fact]
    public void What_the_ledger_has_is_not_counted_twice_and_what_it_has_not_yet_is_counted()
    {
        var day = new TokenDay(clock);
        day.Add(7, clock.GetUtcNow());
        Assert.True(day.IsStale);
        day.Read(day.Today, clock.GetUtcNow(), 40);
        day.Add(10, clock.GetUtcNow() - TimeSpan.FromSeconds(1));
        day.Add(5, clock.GetUtcNow() + TimeSpan.FromSeconds(1));

        Assert.Equal((100 - 45 - 20, 0), (day.Left(100, granted: 20), day.Left(40, granted: 0)));
    }

    [Fact]
    public void The_ledger_is_asked_again_after_a_while_and_on_the_next_day()
    {
        var day = new TokenDay(clock);
        day.Read(day.Today, clock.GetUtcNow(), 40);
        Assert.Equal((false, TimeSpan.FromHours(12)), (day.IsStale, day.Rest));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.True(day.IsStale);

        clock.Advance(TimeSpan.FromHours(11.9));
        day.Read(day.Today, clock.GetUtcNow(), 40);
        clock.Advance(TimeSpan.FromMinutes(4.9));
        Assert.True(day.IsStale);

        // What ended yesterday is no matter of today.
        day.Read(day.Today, clock.GetUtcNow(), 0);
        day.Add(5, clock.GetUtcNow() - TimeSpan.FromMinutes(3));
        Assert.Equal(10, day.Left(10, granted: 0));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_ended_just_before_the_ledger_was_asked_may_not_be_in_it_so_it_is_asked_again_soon(bool isToldBefore)
    {
        var day = new TokenDay(clock);
        var end = clock.GetUtcNow();
        clock.Advance(TimeSpan.FromMilliseconds(5));
        if (isToldBefore)
        {
            day.Add(9, end);
        }

        day.Read(day.Today, clock.GetUtcNow(), 0);
        if (!isToldBefore)
        {
            day.Add(9, end);
        }

        clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(day.IsStale);
        clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.True(day.IsStale);
        day.Read(day.Today, clock.GetUtcNow(), 9);
        clock.Advance(TimeSpan.FromMinutes(4.9));
        Assert.False(day.IsStale);
    }

    [Theory]
    [InlineData(1, 1_000_000, 4_096)]
    [InlineData(9_000, 1_000_000, 9_000)]
    [InlineData(1, 8_000, 1_000)]
    [InlineData(1, 100, 64)]
    [InlineData(1, 10, 10)]
    [InlineData(200, 100, 100)]
    [InlineData(1, 0, 0)]
    public void Slices_become_smaller_towards_the_end(long wanted, long left, long slice) => Assert.Equal(slice, TokenDay.Slice(wanted, left));
}
