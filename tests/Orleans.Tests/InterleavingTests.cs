using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>Which calls start while another runs.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class InterleavingTests(SharedCluster cluster)
{
    private readonly string name = $"{Guid.NewGuid()}";

    private IWorkerGrain Worker => cluster.Client.GetGrain<IWorkerGrain>(name);

    private Probe Seen => Probe.Of(name);

    [Fact]
    public async Task A_call_that_always_interleaves_starts_while_another_runs()
    {
        var blocking = Worker.Work("a");
        await Seen.SeesAsync("a starts");

        var interleaving = Worker.Interleave("b");
        await Seen.SeesAsync("b starts");
        Seen.Open("b");
        await Seen.SeesAsync("b ends");

        Seen.Open("a");
        await Task.WhenAll(blocking, interleaving);
    }

    [Fact]
    public async Task A_call_that_always_interleaves_overtakes_those_that_wait()
    {
        var blocking = Worker.Work("a");
        await Seen.SeesAsync("a starts");
        var waiting = Worker.Work("b");

        var interleaving = Worker.Interleave("c");
        await Seen.SeesAsync("c starts");

        Seen.Open("c");
        await interleaving;
        Seen.Open("b");
        Seen.Open("a");
        await Task.WhenAll(blocking, waiting);
        Assert.Equal(["c ends", "a ends", "b starts", "b ends"], Seen.Rest());
    }

    [Fact]
    public async Task A_call_that_always_interleaves_does_not_hold_up_others()
    {
        var interleaving = Worker.Interleave("a");
        await Seen.SeesAsync("a starts");

        Seen.Open("b");
        await Worker.Work("b").WaitAsync(Probe.Patience);

        Seen.Open("a");
        await interleaving;
        Assert.Equal(["b starts", "b ends", "a ends"], Seen.Rest());
    }

    [Fact]
    public async Task Calls_that_only_read_interleave_with_each_other()
    {
        var first = Worker.Look("a");
        await Seen.SeesAsync("a starts");

        var second = Worker.Look("b");
        await Seen.SeesAsync("b starts");

        Seen.Open("b");
        Seen.Open("a");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task A_call_that_only_reads_does_not_interleave_with_one_that_writes()
    {
        var write = Worker.Work("a");
        await Seen.SeesAsync("a starts");

        var read = Worker.Look("b");
        Seen.Open("c");
        await Worker.Interleave("c").WaitAsync(Probe.Patience);
        Seen.Open("b");
        Seen.Open("a");
        await Task.WhenAll(write, read);

        Assert.Equal(["c starts", "c ends", "a ends", "b starts", "b ends"], Seen.Rest());
    }

    [Fact]
    public async Task All_calls_of_a_reentrant_class_interleave()
    {
        var grain = cluster.Client.GetGrain<IReentrantGrain>(name);

        var first = grain.Work("a");
        await Seen.SeesAsync("a starts");
        var second = grain.Work("b");
        await Seen.SeesAsync("b starts");

        Seen.Open("a");
        Seen.Open("b");
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task A_stateless_worker_has_activations_up_to_its_limit()
    {
        var grain = cluster.Client.GetGrain<IPairGrain>(name);

        var calls = new[] { grain.Work("a"), grain.Work("a"), grain.Work("a") };
        await Seen.SeesAsync("a starts", "a starts");
        Seen.Open("a");
        await Task.WhenAll(calls);

        Assert.Equal("a ends", await Seen.NextAsync());
        Assert.Equal(3, 1 + Seen.Rest().Count(entry => entry == "a ends"));
    }

    [Fact]
    public async Task A_one_way_call_returns_before_it_has_run()
    {
        await Worker.Notify("a").WaitAsync(Probe.Patience);

        await Seen.SeesAsync("a starts");
        Seen.Open("a");
        await Seen.SeesAsync("a ends");
    }
}
