using Npgsql;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Testing.Journal;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>Servers that go away and come back under conversations that go on.</summary>
public sealed class OutageTests
{
    private const int Talkers = 20;

    [PostgresServerTheory]
    [InlineData("fast")]
    [InlineData("immediate")]
    [InlineData("kill")]
    public async Task Conversations_pause_while_the_server_is_down_and_lose_and_double_nothing(string how)
    {
        await using var server = await PostgresServer.CreateAsync();
        await TestStore.MigrateAsync(server.ConnectionString());
        await using var store = new TestStore(server.ConnectionString());
        await using var conversations = new Conversations(store, Talkers);
        for (var outage = 0; outage < 2; outage++)
        {
            await conversations.CommittedAsync(20);
            await (how switch
            {
                "fast" => server.StopAsync(),
                "immediate" => server.StopAsync(PostgresStop.Immediate),
                _ => server.KillAsync(),
            });
            await conversations.FailedAsync(3);
            await Assert.ThrowsAsync<StorageUnavailableException>(() => store.CheckAsync(default));
            await server.StartAsync();
            await conversations.CommittedAsync(20);
            await store.CheckAsync(default);
        }

        await conversations.EndAndCheckAsync();
    }

    [PostgresFact]
    public async Task Connections_that_are_cut_all_the_time_lose_and_double_nothing()
    {
        const int Cuts = 200;
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await TestStore.MigrateAsync(database.ConnectionString);
        await using var store = new TestStore(database.ConnectionString);
        await using var conversations = new Conversations(store, Talkers);
        await conversations.CommittedAsync(1);
        await using var administrator = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await administrator.OpenAsync();
        await using var cut = new NpgsqlCommand(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
            administrator);

        // In the middle of whatever they are doing; whoever is cut off is back within milliseconds.
        var done = 0L;
        while (done < Cuts)
        {
            done += (long)(await cut.ExecuteScalarAsync())!;
            if (done % 10 == 0)
            {
                await conversations.CommittedAsync(1);
            }
        }

        await conversations.CommittedAsync(1);
        await conversations.EndAndCheckAsync();
    }

    [PostgresServerFact]
    public async Task A_server_without_a_free_connection_is_waited_for()
    {
        await using var server = await PostgresServer.CreateAsync(new PostgresSettings { MaxConnections = 8 });
        await TestStore.MigrateAsync(server.ConnectionString());
        await using var store = new TestStore(server.ConnectionString());
        var others = await FillAsync(server);
        await using var conversations = new Conversations(store, 3);
        await conversations.FailedAsync(2);
        var unavailable = await Assert.ThrowsAsync<StorageUnavailableException>(() => store.CheckAsync(default));
        Assert.Equal(PostgresErrorCodes.TooManyConnections, Assert.IsType<PostgresException>(unavailable.Cause).SqlState);

        foreach (var other in others)
        {
            await other.DisposeAsync();
        }

        await conversations.CommittedAsync(20);
        await conversations.EndAndCheckAsync();
    }

    [PostgresFact]
    public async Task Readers_share_few_connections_and_commits_do_not_wait_behind_them()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await TestStore.MigrateAsync(database.ConnectionString);
        await using var store = new TestStore(database.ConnectionString, options => options.Connections = 1);
        var script = new ConversationScript(new ConversationKey(OwnerId.Local, ConversationId.New(TimeProvider.System)));
        Assert.Equal(AppendOutcome.Committed.Instance, Assert.Single(await store.AppendAsync([script.Created().Take()], default)));

        var held = await store.Pools.Queries.OpenConnectionAsync();

        var reads = Enumerable.Range(0, 50).Select(_ => store.ReadLinesAsync(script.Key)).ToArray();
        Assert.Equal(AppendOutcome.Committed.Instance, Assert.Single(await store.AppendAsync([script.Asked().Take()], default)));
        Assert.All(reads, read => Assert.False(read.IsCompleted));
        await held.DisposeAsync();

        Assert.All(await Task.WhenAll(reads), lines => Assert.Equal(script.Lines, lines));
    }

    private static async Task<List<NpgsqlConnection>> FillAsync(PostgresServer server)
    {
        var connections = new List<NpgsqlConnection>();
        while (true)
        {
            var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
            try
            {
                await connection.OpenAsync();
                connections.Add(connection);
            }
            catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.TooManyConnections)
            {
                await connection.DisposeAsync();
                return connections;
            }
        }
    }
}
