using Npgsql;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Silo.Tests.Testing.PostgreSql;

public sealed class PostgresServerTests
{
    [PostgresServerTheory]
    [InlineData("fast")]
    [InlineData("immediate")]
    [InlineData("kill")]
    public async Task A_server_that_ended_in_any_way_starts_again_at_its_port_with_what_was_committed(string how)
    {
        await using var server = await PostgresServer.CreateAsync();
        await using var database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE kept AS SELECT 42 AS answer");
        await using var open = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await open.OpenAsync();

        await (how switch
        {
            "fast" => server.StopAsync(),
            "immediate" => server.StopAsync(PostgresStop.Immediate),
            _ => server.KillAsync(),
        });
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => database.ExecuteAsync("SELECT 1"));
        await server.StartAsync();

        Assert.Equal(42, await database.ExecuteAsync("SELECT answer FROM kept"));
    }

    [PostgresServerFact]
    public async Task Nothing_is_left_of_a_server_that_was_disposed_of()
    {
        var server = await PostgresServer.CreateAsync();
        var data = (string?)await QueryAsync(server, "SHOW data_directory");
        await using (server)
        {
            Assert.Equal("on", await QueryAsync(server, "SHOW fsync"));
            Assert.True(Directory.Exists(data));
        }

        Assert.False(Directory.Exists(Path.GetDirectoryName(data)));
        await Assert.ThrowsAnyAsync<NpgsqlException>(() => QueryAsync(server, "SELECT 1"));
    }

    [PostgresFact]
    public async Task A_database_is_empty_and_goes_with_its_owner()
    {
        var database = await TestPostgres.CreateDatabaseAsync();
        Assert.Equal(0L, await database.ExecuteAsync("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"));

        await database.DisposeAsync();

        var gone = await Assert.ThrowsAsync<PostgresException>(() => database.ExecuteAsync("SELECT 1"));
        Assert.Equal(PostgresErrorCodes.InvalidCatalogName, gone.SqlState);
    }

    private static async Task<object?> QueryAsync(PostgresServer server, string statement)
    {
        await using var connection = new NpgsqlConnection(server.ConnectionString() + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
