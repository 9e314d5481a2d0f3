using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>An activation runs one thing at a time, and one request after the other.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class TurnTests(SharedCluster cluster)
{
    [Fact]
    public async Task A_call_ends_before_the_next_one_starts()
    {
        var (grain, probe) = Worker();

        var first = grain.Work("a");
        await probe.SeesAsync("a starts");
        var second = grain.Work("b");
        probe.Open("b");
        probe.Open("a");

        await probe.SeesAsync("a ends", "b starts", "b ends");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task Calls_of_one_grain_run_in_the_order_in_which_they_were_made()
    {
        var (sender, _) = Worker();
        var (grain, probe) = Worker();
        await grain.Tell("there");

        await sender.SendNumbers(grain, 200);

        Assert.Equal(["there", .. Enumerable.Range(0, 200).Select(number => $"{number}")], probe.Rest());
    }

    [Fact]
    public async Task What_a_call_left_running_goes_on_while_the_next_call_waits()
    {
        var (grain, probe) = Worker();

        await grain.StartInBackground("background");
        await probe.SeesAsync("background starts");
        var call = grain.Work("call");
        await probe.SeesAsync("call starts");
        probe.Open("background");
        await probe.SeesAsync("background ends");

        probe.Open("call");
        await call;
    }

    [Fact]
    public async Task Two_turns_never_run_at_once()
    {
        var (grain, _) = Worker();

        var counts = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => grain.Count(40)));

        Assert.Equal(50 * 40, counts.Max());
    }

    [Fact]
    public async Task Continuations_come_back_to_the_activation_and_Task_Run_leaves_it()
    {
        var (grain, _) = Worker();

        var places = await grain.WhereAmI();

        Assert.Equal([true, true, false, true], places);
    }

    private (IWorkerGrain Grain, Probe Probe) Worker()
    {
        var name = $"{Guid.NewGuid()}";
        return (cluster.Client.GetGrain<IWorkerGrain>(name), Probe.Of(name));
    }
}
