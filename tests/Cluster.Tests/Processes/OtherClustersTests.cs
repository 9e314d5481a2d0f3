using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Time;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>Clusters of another shape than two silos and two API nodes.</summary>
public class OtherClustersTests
{
    [PostgresFact]
    public async Task API_nodes_may_be_the_silos()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await using var cluster = new ClusterProcesses("api-nodes-as-silos", database.ConnectionString, ("Models__demo__TokensPerSecond", "200"));
        foreach (var node in new[] { cluster.AddApi(), cluster.AddApi() })
        {
            node.Set("Cluster__HostsSilo", "true");
            node.Set("Cluster__SiloPort", $"{FreePort.Next()}");
            node.Set("Cluster__GatewayPort", $"{FreePort.Next()}");
        }

        await Task.WhenAll(cluster.Apis.Select(node => node.StartAsync()));
        await UntilActiveAsync(database, silos: 2);

        var conversation = await cluster.Apis[0].Api.CreateAsync();
        using var sender = await cluster.Apis[0].Api.SendAndFollowAsync(conversation, "why? [demo: tokens=50]");
        await sender.ToEndAsync();
        using var reader = await cluster.Apis[1].Api.FollowAsync(conversation, "until=idle");
        await reader.ToEndAsync();
        Assert.Equal(sender.Text, reader.Text);
    }

    [PostgresFact]
    public async Task One_that_was_killed_as_a_whole_comes_back_elsewhere()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await using var cluster = await ClusterProcesses.StartAsync("killed-as-a-whole", database.ConnectionString, silos: 2, apis: 0);
        await Task.WhenAll(cluster.Silos.Select(silo => silo.KillAsync()));

        // At the same ports a silo knows that those before it are gone. Here it has to find out, by their long silence.
        await database.ExecuteAsync("UPDATE orleanschat.silos SET i_am_alive_time = i_am_alive_time - interval '1 minute', start_time = start_time - interval '1 minute'");
        await cluster.AddSilo().StartAsync();
        Assert.Equal(2L, await database.ExecuteAsync("SELECT count(*) FROM orleanschat.silos WHERE status = 6"));
    }

    // A node may be served by the other's silo before its own has joined.
    private static async Task UntilActiveAsync(PostgresDatabase database, long silos)
    {
        using var limit = new CancellationTokenSource(TestLimits.Signal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (!silos.Equals(await database.ExecuteAsync("SELECT count(*) FROM orleanschat.silos WHERE status = 3")))
        {
            await timer.WaitForNextTickAsync(limit.Token);
        }
    }
}
