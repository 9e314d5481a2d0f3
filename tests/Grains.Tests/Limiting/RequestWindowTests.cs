using OrleansChat.Limiting;
using OrleansChat.Testing.Time;

namespace OrleansChat.Grains.Tests.Limiting;

/// <summary>How the requests of a minute are handed out.</summary>
public class RequestWindowTests
{
    private readonly ManualTimeProvider clock = new();

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(600)]
    [InlineData(100_000)]
    public void All_shares_of_a_window_together_are_the_quota(int quota)
    {
        var window = new RequestWindow(clock);
        var (granted, calls) = (0L, 0);
        while (window.Take(quota) is { Granted: > 0 } slice)
        {
            granted += slice.Granted;
            calls++;
            Assert.Equal(quota - granted, slice.Left);
        }

        Assert.Equal(quota, granted);
        Assert.InRange(calls, 1, quota < 10 ? quota : 70 + (quota / 64));
    }

    [Fact]
    public void The_last_requests_are_handed_out_one_by_one_so_that_no_node_sits_on_them()
    {
        var window = new RequestWindow(clock);
        var slices = new List<int>();
        while (window.Take(600) is { Granted: > 0 } slice)
        {
            slices.Add(slice.Granted);
        }

        Assert.Equal(64, slices[0]);
        Assert.All(slices[^14..], share => Assert.Equal(1, share));
    }

    [Fact]
    public void A_window_begins_with_its_first_request_and_lasts_a_minute()
    {
        var window = new RequestWindow(clock);
        Assert.Equal(new RequestSlice(1, 1, TimeSpan.FromMinutes(1)), window.Take(2));
        clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal(new RequestSlice(1, 0, TimeSpan.FromSeconds(20)), window.Take(2));
        Assert.Equal(new RequestSlice(0, 0, TimeSpan.FromSeconds(20)), window.Take(2));
        clock.Advance(TimeSpan.FromSeconds(50));
        Assert.Equal(new RequestSlice(1, 1, TimeSpan.FromMinutes(1)), window.Take(2));
    }
}
