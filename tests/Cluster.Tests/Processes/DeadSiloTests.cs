using OrleansChat.Hosting;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>The others notice that a silo has died, and it notices when they think so.</summary>
public class DeadSiloTests(ProcessesFixture fixture) : IClassFixture<ProcessesFixture>
{
    // About 1.3 s and 6 s where the machine has nothing else to do (benchmarks/results/*-failure-detection.md); by default at least 15 s and 25 s.
    private static readonly TimeSpan KillNoticed = TimeSpan.FromSeconds(12);
    private static readonly TimeSpan SilenceNoticed = TimeSpan.FromSeconds(30);

    private SiloProcess Silo => fixture.Cluster.Silos[1];

    [PostgresFact]
    public async Task One_that_is_killed_is_noticed_and_joins_again()
    {
        await Silo.KillAsync();
        Assert.InRange(await fixture.WhenDeadAsync(Silo), TimeSpan.Zero, KillNoticed);
        await Silo.StartAsync();
    }

    [PostgresFact]
    public async Task One_that_stands_still_is_given_up_and_ends_its_process_when_it_hears_of_it()
    {
        await Silo.SuspendAsync();
        Assert.InRange(await fixture.WhenDeadAsync(Silo), TimeSpan.Zero, SilenceNoticed);
        await Silo.ResumeAsync();

        Assert.Equal(ProcessEnd.ExitCode, await Silo.EndedAsync());
        Assert.Contains("This silo cannot go on, and its process ends now, to be started again: I have been told I am dead", Silo.Log, StringComparison.Ordinal);
        await Silo.StartAsync();
    }

    [PostgresFact]
    public async Task One_that_is_stopped_says_so_itself()
    {
        Assert.Equal(0, await Silo.StopAsync());
        Assert.InRange(await fixture.WhenDeadAsync(Silo), TimeSpan.Zero, KillNoticed);
        await Silo.StartAsync();
    }
}
