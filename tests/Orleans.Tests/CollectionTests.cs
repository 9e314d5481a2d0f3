using Orleans.Configuration;
using Orleans.TestingHost;
using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>What keeps activations that nobody calls.</summary>
public sealed class CollectionTests(CollectionTests.TidyCluster cluster) : IClassFixture<CollectionTests.TidyCluster>
{
    [Fact]
    public async Task What_nobody_uses_is_collected_unless_a_timer_or_a_delay_keeps_it()
    {
        var plain = Clock("plain");
        var ticking = Clock("ticking");
        var kept = Clock("kept");
        var staying = Clock("staying");
        foreach (var (name, _) in new[] { plain, ticking, kept, staying })
        {
            Probe.Of(name).Open("tick");
        }

        await kept.Grain.Start("tick", interleave: true, keepAlive: true);
        await staying.Grain.Stay();
        await ticking.Grain.Start("tick", interleave: true, keepAlive: false);
        await plain.Grain.Work("tick");

        await Probe.Of(plain.Name).PassAsync("left").WaitAsync(Probe.Patience);
        await Probe.Of(ticking.Name).PassAsync("left").WaitAsync(Probe.Patience);

        Assert.Equal([DeactivationReasonCode.ActivationIdle], Probe.Of(plain.Name).Kept);
        Assert.Equal([DeactivationReasonCode.ActivationIdle], Probe.Of(ticking.Name).Kept);
        Assert.Empty(Probe.Of(kept.Name).Kept);
        Assert.Empty(Probe.Of(staying.Name).Kept);
    }

    private (string Name, IClockGrain Grain) Clock(string what)
    {
        var name = $"{Guid.NewGuid()}/{what}";
        return (name, cluster.Client.GetGrain<IClockGrain>(name));
    }

    public sealed class TidyCluster : ActorCluster<TidyCluster.Silo>
    {
        public sealed class Silo : ISiloConfigurator
        {
            public void Configure(ISiloBuilder siloBuilder) => siloBuilder.Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionQuantum = TimeSpan.FromMilliseconds(500);
                options.CollectionAge = TimeSpan.FromSeconds(2);
            });
        }
    }
}
