using Orleans.Configuration;
using Orleans.TestingHost;
using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>Calls that come back to their caller.</summary>
public sealed class ReentrancyTests(ReentrancyTests.ImpatientCluster cluster) : IClassFixture<ReentrancyTests.ImpatientCluster>
{
    [Fact]
    public async Task A_grain_that_waits_for_itself_gives_up_after_the_response_timeout_and_goes_on()
    {
        var name = $"{Guid.NewGuid()}";
        var grain = cluster.Client.GetGrain<IWorkerGrain>(name);

        Assert.Equal("timed out", await grain.CallSelf());

        await grain.Tell("alive");
        Assert.Equal(["alive"], Probe.Of(name).Rest());
    }

    public sealed class ImpatientCluster : ActorCluster<ImpatientCluster.Silo>
    {
        public sealed class Silo : ISiloConfigurator
        {
            public void Configure(ISiloBuilder siloBuilder) =>
                siloBuilder.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(1));
        }
    }
}
