using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>Timers of grains.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class TimerTests(SharedCluster cluster)
{
    private readonly string name = $"{Guid.NewGuid()}";

    private IClockGrain Clock => cluster.Client.GetGrain<IClockGrain>(name);

    private Probe Seen => Probe.Of(name);

    [Fact]
    public async Task A_timer_ticks_again_only_when_its_last_tick_has_ended()
    {
        await Clock.Start("tick", interleave: true, keepAlive: false);
        await Clock.Start("tock", interleave: true, keepAlive: false);
        Seen.Open("tock");

        // The tock goes on; the tick stays in its callback.
        var seen = new List<string>();
        while (seen.Count(entry => entry == "tock") < 5)
        {
            seen.Add(await Seen.NextAsync());
        }

        Assert.Single(seen, "tick");
        Seen.Open("tick");
    }

    [Fact]
    public async Task A_tick_and_a_call_wait_for_each_other()
    {
        await Clock.Start("tick", interleave: false, keepAlive: false);
        await Seen.SeesAsync("tick");

        var call = Clock.Work("call");
        Seen.Open("tick");
        for (var next = await Seen.NextAsync(); next != "call starts"; next = await Seen.NextAsync())
        {
            Assert.Equal("tick", next);
        }

        Seen.Open("call");
        await call;
        await Seen.SeesAsync("call ends", "tick");
    }

    [Fact]
    public async Task A_tick_that_interleaves_does_not_wait()
    {
        await Clock.Start("tick", interleave: true, keepAlive: false);
        await Seen.SeesAsync("tick");

        var call = Clock.Work("call");
        await Seen.SeesAsync("call starts");
        Seen.Open("tick");
        await Seen.SeesAsync("tick", "tick");

        Seen.Open("call");
        await call;
    }

    [Fact]
    public async Task A_timer_survives_what_its_callback_throws()
    {
        await Clock.StartFailing();

        await Seen.SeesAsync("fails", "alive", "alive");
    }

    [Fact]
    public async Task A_timer_that_was_disposed_of_does_not_tick()
    {
        await Clock.StartOnce();
        await Seen.SeesAsync("once, True");

        await Clock.Start("other", interleave: false, keepAlive: false);
        Seen.Open("other");
        await Seen.SeesAsync("other", "other", "other", "other", "other");
    }
}
