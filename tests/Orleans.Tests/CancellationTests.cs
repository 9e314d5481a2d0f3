using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>Cancellation tokens as arguments.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class CancellationTests(SharedCluster cluster) : IDisposable
{
    private readonly string name = $"{Guid.NewGuid()}";
    private readonly CancellationTokenSource cancellation = new();

    private IFailingGrain Grain => cluster.Client.GetGrain<IFailingGrain>(name);

    private Probe Seen => Probe.Of(name);

    public void Dispose() => cancellation.Dispose();

    [Fact]
    public async Task A_cancelled_call_ends_at_once_for_its_caller_and_its_token_is_cancelled_in_the_grain()
    {
        var call = Grain.WaitFor("a", cancellation.Token);
        await Seen.SeesAsync("a starts");

        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Seen.SeesAsync("a cancelled, True");
        Seen.Open("a");
    }

    [Fact]
    public async Task A_call_that_is_cancelled_while_it_waits_never_runs()
    {
        var running = Grain.WaitFor("a", CancellationToken.None);
        await Seen.SeesAsync("a starts");
        Seen.Open("b");
        var waiting = Grain.WaitFor("b", cancellation.Token);

        // The interleaving call follows the waiting one on its way, so that one has arrived, or is as good as there.
        await Grain.Tell("between");
        await cancellation.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);

        await Grain.Tell("cancelled");
        Seen.Open("a");
        await running;
        await Grain.WaitFor("b", CancellationToken.None);
        Assert.Equal(["between", "cancelled", "a ends", "b starts", "b ends"], Seen.Rest());
    }

    [Fact]
    public async Task A_call_whose_token_is_cancelled_already_is_not_made()
    {
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Grain.WaitFor("a", cancellation.Token));

        await Grain.Tell("after");
        Assert.Equal(["after"], Seen.Rest());
    }

    [Fact]
    public async Task A_call_that_nobody_cancels_ends_as_any_other()
    {
        Seen.Open("a");

        await Grain.WaitFor("a", cancellation.Token);
        await cancellation.CancelAsync();

        Assert.Equal(["a starts", "a ends"], Seen.Rest());
    }
}
