using OrleansChat.ActorTests.Grains;
using OrleansChat.ActorTests.Hosting;

namespace OrleansChat.ActorTests;

/// <summary>How a silo stops.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Activations_leave_before_the_silo_has_stopped()
    {
        var cluster = new SharedCluster();
        await cluster.InitializeAsync();
        var key = $"{Guid.NewGuid()}/{Habits.TellsReasons}";
        await cluster.Client.GetGrain<IGuestGrain>(key).Visit();

        await cluster.StopAsync();

        Assert.Equal(["comes", "leaves: ShuttingDown"], Probe.Of(key).Rest());
        await cluster.DisposeAsync();
    }
}
