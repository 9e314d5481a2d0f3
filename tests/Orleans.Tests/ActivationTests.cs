using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>How activations come.</summary>
[Collection(SharedClusterTests.Name)]
public sealed class ActivationTests(SharedCluster cluster)
{
    [Fact]
    public async Task A_hundred_first_calls_at_once_make_one_activation()
    {
        var grain = Guest("plain");

        var visits = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => grain.Visit()));

        Assert.All(visits, visit => Assert.Equal(1, visit));
    }

    [Fact]
    public async Task Calls_wait_until_the_activation_is_ready()
    {
        var grain = Guest(Habits.ComesSlowly);
        var probe = Probe.Of(grain.GetPrimaryKeyString());
        probe.Open("a");

        var calls = new[] { grain.Work("a"), grain.Interleave("a") };
        await probe.SeesAsync("comes");
        Assert.Empty(probe.Rest());
        probe.Open("activate");

        await Task.WhenAll(calls);
        Assert.Equal(4, probe.Rest().Length);
    }

    [Fact]
    public async Task A_failed_activation_fails_the_call_and_the_next_call_tries_anew()
    {
        var grain = Guest(Habits.FailsAtFirst);

        var refused = await Assert.ThrowsAsync<RefusedException>(() => grain.Visit());

        Assert.Equal(("not today", 7), (refused.Message, refused.Code));
        Assert.Equal(2, await grain.Visit());
    }

    private IGuestGrain Guest(string habit) => cluster.Client.GetGrain<IGuestGrain>($"{Guid.NewGuid()}/{habit}");
}
