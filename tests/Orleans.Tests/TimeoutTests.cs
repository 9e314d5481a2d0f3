using Orleans.Configuration;
using Orleans.TestingHost;
using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>Calls that are not answered in time.</summary>
public sealed class TimeoutTests(TimeoutTests.ImpatientCluster cluster) : IClassFixture<TimeoutTests.ImpatientCluster>
{
    [Fact]
    public async Task A_grain_that_waits_for_itself_gives_up_after_the_response_timeout_and_goes_on()
    {
        var (grain, probe) = Worker();

        Assert.Equal("timed out", await grain.CallSelf());

        await grain.Tell("alive");
        Assert.Equal(["alive"], probe.Rest());
    }

    [Fact]
    public async Task A_method_can_have_a_response_timeout_of_its_own()
    {
        var (grain, probe) = Worker();
        var (other, patient) = Worker();
        var waiting = other.Work("b");
        await patient.SeesAsync("b starts");

        await Assert.ThrowsAsync<TimeoutException>(() => grain.WorkFast("a"));

        // Those of other methods wait on.
        Assert.False(waiting.IsCompleted);
        patient.Open("b");
        await waiting;
        probe.Open("a");
    }

    [Fact]
    public async Task A_call_whose_caller_has_given_up_does_not_start()
    {
        var (caller, _) = Worker();
        var (grain, probe) = Worker();
        var blocking = grain.Work("a");
        await probe.SeesAsync("a starts");

        await Assert.ThrowsAsync<TimeoutException>(() => caller.SendNumbers(grain, 3));

        probe.Open("a");
        await blocking;
        await grain.Tell("alive");
        Assert.Equal(["a ends", "alive"], probe.Rest());
    }

    private (IWorkerGrain Grain, Probe Probe) Worker()
    {
        var name = $"{Guid.NewGuid()}";
        return (cluster.Client.GetGrain<IWorkerGrain>(name), Probe.Of(name));
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
