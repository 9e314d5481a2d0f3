using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>How activations go, and what becomes of calls meanwhile.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class DeactivationTests(SharedCluster cluster)
{
    [Fact]
    public async Task It_leaves_when_its_calls_have_ended_and_the_next_call_finds_another_activation()
    {
        var (grain, probe) = Guest(Habits.TellsReasons);
        Assert.Equal(1, await grain.Visit());

        var leaving = grain.LeaveAfter("a");
        await probe.SeesAsync("comes", "a starts");
        var next = grain.Visit();
        probe.Open("a");
        await leaving;

        Assert.Equal(2, await next);
        await probe.SeesAsync("a ends", "leaves: ApplicationRequested", "comes");
    }

    [Fact]
    public async Task It_leaves_only_when_calls_that_interleave_have_ended_too()
    {
        var (grain, probe) = Guest(Habits.TellsReasons);
        var interleaving = grain.Interleave("a");
        await probe.SeesAsync("comes", "a starts");

        probe.Open("b");
        await grain.LeaveAfter("b");
        await probe.SeesAsync("b starts", "b ends");
        var next = grain.Visit();
        probe.Open("a");
        await interleaving;

        Assert.Equal(2, await next);
        await probe.SeesAsync("a ends", "leaves: ApplicationRequested", "comes");
    }

    [Fact]
    public async Task Calls_that_come_while_it_leaves_wait_for_the_next_activation_even_if_they_interleave()
    {
        var (grain, probe) = Guest(Habits.LeavesSlowly);
        probe.Open("a");
        await grain.LeaveAfter("a");
        await probe.SeesAsync("a starts", "a ends", "leaves");

        var calls = new[] { grain.Interleave("a"), grain.Work("a") };
        var visit = grain.Visit();
        probe.Open("deactivate");
        await Task.WhenAll(calls);

        Assert.Equal(2, await visit);
        await probe.SeesAsync("left");
        Assert.Equal(4, probe.Rest().Length);
    }

    [Fact]
    public async Task Every_call_runs_once_although_activations_leave_in_between()
    {
        var (grain, probe) = Guest("plain");

        await Task.WhenAll(Enumerable.Range(1, 1_000).Select(number => Task.Run(() => TellAsync(grain, number))));

        Assert.Equal(Enumerable.Range(1, 1_000), probe.Rest().Select(int.Parse).Order());
        Assert.InRange(await grain.Visit(), 2, 101);
    }

    [Fact]
    public async Task It_leaves_with_its_timers()
    {
        var name = $"{Guid.NewGuid()}";
        var clock = cluster.Client.GetGrain<IClockGrain>(name);
        await clock.Start("tick", interleave: true, keepAlive: true);
        Probe.Of(name).Open("tick");
        await Probe.Of(name).SeesAsync("tick", "tick");

        await clock.Leave();
        await Probe.Of(name).PassAsync("left").WaitAsync(Probe.Patience);
        Probe.Of(name).Rest();
        await clock.Start("other", interleave: true, keepAlive: false);
        Probe.Of(name).Open("other");

        await Probe.Of(name).SeesAsync("other", "other", "other", "other", "other");
    }

    [Fact]
    public async Task It_leaves_also_when_leaving_fails()
    {
        var (grain, probe) = Guest(Habits.LeavesBadly);
        probe.Open("a");

        await grain.LeaveAfter("a");

        Assert.Equal(2, await grain.Visit());
    }

    // A call that several activations in a row have left behind is turned away, and has not run.
    private static async Task TellAsync(IGuestGrain grain, int number)
    {
        for (var told = false; !told;)
        {
            try
            {
                await grain.TellAndLeaveAtTimes(number);
                told = true;
            }
            catch (OrleansMessageRejectionException)
            {
                await Task.Yield();
            }
        }
    }

    private (IGuestGrain Grain, Probe Probe) Guest(string habit)
    {
        var key = $"{Guid.NewGuid()}/{habit}";
        return (cluster.Client.GetGrain<IGuestGrain>(key), Probe.Of(key));
    }
}
