using OrleansChat.Hosting;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>Processes that are told to stop do, in the time that they have for it, although the database is away.</summary>
public class StopDeadlineTests
{
    [PostgresServerFact]
    public async Task A_silo_that_cannot_say_that_it_leaves_ends_all_the_same_and_an_API_node_stops()
    {
        await using var server = await PostgresServer.CreateAsync();
        await using var cluster = await ClusterProcesses.StartAsync(
            "stop-deadline", server.ConnectionString(), silos: 1, apis: 1, [("Cluster__GracePeriod", "0")]);
        var (silo, api) = (cluster.Silos[0], cluster.Apis[0]);
        await server.KillAsync();

        // Orleans alone goes on for minutes.
        Assert.Equal(ProcessEnd.ExitCode, await silo.StopAsync());
        Assert.Contains("This process was told to stop and has not within 28 s. It ends now.", silo.Log, StringComparison.Ordinal);
        Assert.Equal(0, await api.StopAsync());
    }

    [Theory]
    [InlineData("OrleansChat.Silo.dll")]
    [InlineData("OrleansChat.Api.dll")]
    public async Task Who_still_waits_for_the_database_stops_and_does_not_crash(string program)
    {
        var waits = new TaskCompletionSource();
        await using var process = ProgramProcess.Start(
            program,
            [
                ("Cluster__Mode", "PostgreSQL"),
                ("Cluster__AdvertisedAddress", "127.0.0.1"),
                ("ConnectionStrings__PostgreSQL", $"Host=127.0.0.1;Port={FreePort.Next()};Username=nobody"),
                ("Urls", $"http://127.0.0.1:{FreePort.Next()}"),
            ],
            line =>
            {
                if (line.Contains("The database does not answer yet", StringComparison.Ordinal))
                {
                    waits.TrySetResult();
                }
            });
        await waits.Task.WaitAsync(TestLimits.Signal);

        Assert.Equal(0, await process.StopAsync());
        Assert.Contains("Told to stop before everything has started", process.Log, StringComparison.Ordinal);
    }
}
