using Npgsql;
using OrleansChat.Testing.Time;

namespace OrleansChat.Testing.PostgreSql;

/// <summary>A database for one test or fixture, empty at first and dropped in the end.</summary>
public sealed class PostgresDatabase : IAsyncDisposable
{
    private const string Others =
        "SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend')";

    private readonly string server;
    private readonly string name;

    private PostgresDatabase(string server, string name)
    {
        this.server = server;
        this.name = name;
        ConnectionString = new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString;
    }

    /// <summary>How to connect to it.</summary>
    public string ConnectionString { get; }

    /// <summary>Runs a statement in it, on a connection of its own.</summary>
    /// <returns>The first column of the first row, if there is one.</returns>
    public Task<object?> ExecuteAsync(string statement) => ExecuteAsync(ConnectionString, statement);

    /// <summary>
    /// Waits until nobody is connected. A server process tells what it did when it ends, which is after its client has gone: statistics that are read
    /// before may lack it.
    /// </summary>
    /// <exception cref="OperationCanceledException">Somebody was still connected after <see cref="TestLimits.Signal"/>.</exception>
    public async Task WaitUntilUnusedAsync()
    {
        using var patience = new CancellationTokenSource(TestLimits.Signal);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while ((bool)(await ExecuteAsync(Others))!)
        {
            await timer.WaitForNextTickAsync(patience.Token);
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        try
        {
            await ExecuteAsync(server, $"DROP DATABASE {name} WITH (FORCE)");
        }
        catch (NpgsqlException)
        {
            // The server went first, and everything with it.
        }
    }

    internal static async Task<PostgresDatabase> CreateAsync(string server)
    {
        var database = new PostgresDatabase(server, $"orleanschat_{Guid.NewGuid():N}");
        await ExecuteAsync(server, $"CREATE DATABASE {database.name} TEMPLATE template0");
        return database;
    }

    private static async Task<object?> ExecuteAsync(string connectionString, string statement)
    {
        await using var connection = new NpgsqlConnection(connectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(statement, connection);
        return await command.ExecuteScalarAsync();
    }
}
