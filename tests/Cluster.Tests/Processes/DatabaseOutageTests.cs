using System.Net;
using System.Text.Json;
using OrleansChat.Testing.PostgreSql;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;
using OrleansChat.Testing.Time;

namespace OrleansChat.Cluster.Tests.Processes;

/// <summary>The cluster's one database goes away in the middle of replies, and comes back.</summary>
public class DatabaseOutageTests
{
    private const int Conversations = 10;

    [PostgresServerTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replies_pause_readiness_tells_and_all_of_it_goes_on_by_itself(bool killed)
    {
        await using var server = await PostgresServer.CreateAsync();
        await using var cluster = await ClusterProcesses.StartAsync(
            $"database-outage-{(killed ? "kill" : "stop")}",
            server.ConnectionString(),
            silos: 2,
            apis: 1,
            [("Models__demo__TokensPerSecond", "100")]);
        var api = cluster.Apis[0].Api;
        var readers = await Task.WhenAll(Enumerable.Range(0, Conversations).Select(_ => Reader.StartAsync(api)));

        await (killed ? server.KillAsync() : server.StopAsync());
        Assert.Equal("The store does not answer.", await WhenNotReadyAsync(api));
        await server.StartAsync();
        await api.WaitUntilReadyAsync(TestLimits.Signal);

        foreach (var reader in readers)
        {
            await reader.CheckAsync(api);
        }

        await api.CreateAsync();
    }

    // On a busy machine the silos' answer, which is to come within two seconds, may not.
    private static async Task<string?> WhenNotReadyAsync(ChatApi api)
    {
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
        while (true)
        {
            using var answer = await api.Http.GetAsync(new Uri("/health/ready", UriKind.Relative), patience.Token);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable
                && JsonElement.Parse(await answer.Content.ReadAsStringAsync(patience.Token)).GetProperty("reason").GetString() is not "No silo answers." and var reason)
            {
                return reason;
            }

            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    private sealed class Reader(string conversation, SseConnection connection)
    {
        public static async Task<Reader> StartAsync(ChatApi api)
        {
            var conversation = await api.CreateAsync();
            var connection = await api.SendAndFollowAsync(conversation, "hello [demo: tokens=500]");
            await connection.UntilAsync("reply.delta");
            return new Reader(conversation, connection);
        }

        /// <summary>Reads to the end, and checks that it was told everything once, in order, and that this is what is stored.</summary>
        public async Task CheckAsync(ChatApi api)
        {
            using (connection)
            {
                await connection.ToEndAsync();
                Assert.Equal("reply.completed", connection.Events[^1].Type);
                var stored = await api.LastMessageAsync(conversation);
                Assert.Equal(stored.GetProperty("content").GetString(), connection.Text);
                Assert.Equal(stored.GetProperty("sequence").GetInt64(), connection.Cursor);
                Assert.Equal(connection.Events.Select(e => e.Id).Order().Distinct(), connection.Events.Select(e => e.Id));
            }
        }
    }
}
