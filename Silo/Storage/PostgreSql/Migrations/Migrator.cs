using Microsoft.Extensions.Logging;
using Npgsql;

namespace OrleansChat.Storage.PostgreSql.Migrations;

/// <summary>
/// Brings a database to the schema of this program, each migration in a transaction of its own. Any number of processes may do
/// that at the same time: a lock of the database makes them take turns.
/// </summary>
internal sealed partial class Migrator(IReadOnlyList<Migration> migrations, ILogger<Migrator> logger)
{
    // Of this product: "orleansc" as ASCII. Transactions hold it, so no process can leave it behind.
    private const long LockKey = 0x6f726c65616e7363;

    // Whoever waits for another process's migration, or does a long one itself.
    private const int TimeoutSeconds = 600;

    /// <summary>Applies what is missing.</summary>
    /// <exception cref="InvalidOperationException">The database is not one that this program can work with; the message says why.</exception>
    /// <exception cref="NpgsqlException">The server refused, or cannot be reached.</exception>
    public async Task ApplyAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenConnectionAsync(cancellationToken);
        if (await HasRecordsAsync(connection, cancellationToken) && Next(await ReadAsync(connection, cancellationToken)) is null)
        {
            // The usual start takes no lock, and needs no right to create anything.
            return;
        }

        while (await ApplyNextAsync(connection, cancellationToken) is { } applied)
        {
            LogApplied(logger, applied);
        }
    }

    private static async Task<bool> HasRecordsAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT to_regclass('orleanschat.migrations') IS NOT NULL", connection);
        return (bool)(await command.ExecuteScalarAsync(cancellationToken))!;
    }

    private static async Task<List<Applied>> ReadAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand("SELECT number, name, checksum FROM orleanschat.migrations ORDER BY number", connection);
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        var applied = new List<Applied>();
        while (await reader.ReadAsync(cancellationToken))
        {
            applied.Add(new Applied(reader.GetInt32(0), reader.GetString(1), reader.GetString(2)));
        }

        return applied;
    }

    private async Task<Migration?> ApplyNextAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        await ExecuteAsync(
            connection,
            $"""
            SELECT pg_advisory_xact_lock({LockKey});
            CREATE SCHEMA IF NOT EXISTS orleanschat;
            CREATE TABLE IF NOT EXISTS orleanschat.migrations (
                number     integer PRIMARY KEY,
                name       text NOT NULL,
                checksum   text NOT NULL,
                applied_at timestamptz NOT NULL DEFAULT now()
            )
            """,
            cancellationToken);
        var next = Next(await ReadAsync(connection, cancellationToken));
        if (next is not null)
        {
            await ExecuteAsync(connection, next.Sql, cancellationToken);
            await RecordAsync(connection, next, cancellationToken);
        }

        await transaction.CommitAsync(cancellationToken);
        return next;
    }

    // The first that is missing; null when there is none.
    private Migration? Next(List<Applied> applied)
    {
        var known = migrations.ToDictionary(migration => migration.Number);
        foreach (var (number, name, checksum) in applied)
        {
            if (!known.Remove(number, out var migration))
            {
                throw new InvalidOperationException(
                    $"The database was set up by a newer version of OrleansChat: it has migration {number:000}-{name}, which this version does not know. "
                    + "Run the newer version, or connect to another database (ConnectionStrings:PostgreSQL).");
            }

            if (migration.Checksum != checksum)
            {
                throw new InvalidOperationException(
                    $"The database has migration {number:000}-{name} with another content (SHA-256 {checksum}) than this version of OrleansChat "
                    + $"({migration.Checksum}), so what is in its tables cannot be relied on.");
            }
        }

        return migrations.FirstOrDefault(migration => known.ContainsKey(migration.Number));
    }

    private static async Task RecordAsync(NpgsqlConnection connection, Migration migration, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(
            "INSERT INTO orleanschat.migrations (number, name, checksum) VALUES ($1, $2, $3)",
            connection)
        {
            Parameters =
            {
                new NpgsqlParameter<int> { TypedValue = migration.Number },
                new NpgsqlParameter<string> { TypedValue = migration.Name },
                new NpgsqlParameter<string> { TypedValue = migration.Checksum },
            },
        };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancellationToken)
    {
        await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = TimeoutSeconds };
        await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Information, "Applied migration {Migration} to the database.")]
    private static partial void LogApplied(ILogger logger, Migration migration);

    private sealed record Applied(int Number, string Name, string Checksum);
}
