using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using OrleansChat.Storage.PostgreSql.Migrations;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

public sealed class MigratorTests
{
    private static readonly Migration First = new(1, "first", "CREATE TABLE orleanschat.first (a int); CREATE TABLE orleanschat.other (a int);");
    private static readonly Migration Second = new(2, "second", "CREATE TABLE orleanschat.second (a int)");
    private static readonly Migration Third = new(103, "third", "INSERT INTO orleanschat.first SELECT 1; INSERT INTO orleanschat.first SELECT 2");

    [PostgresFact]
    public async Task Migrations_are_applied_in_order_and_once()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();

        await ApplyAsync(database, First, Third);
        await ApplyAsync(database, First, Third);

        Assert.Equal(2L, await database.ExecuteAsync("SELECT count(*) FROM orleanschat.first"));
        Assert.Equal("1-first 103-third", await AppliedAsync(database));
    }

    [PostgresFact]
    public async Task One_that_was_added_before_the_last_one_applied_is_applied_too()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await ApplyAsync(database, First, Third);

        await ApplyAsync(database, First, Second, Third);

        Assert.Equal("1-first 2-second 103-third", await AppliedAsync(database));
        Assert.Equal(0L, await database.ExecuteAsync("SELECT count(*) FROM orleanschat.second"));
    }

    [PostgresFact]
    public async Task Many_runners_at_once_apply_each_migration_once()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ApplyAsync(database, First, Second, Third))));

        Assert.Equal(2L, await database.ExecuteAsync("SELECT count(*) FROM orleanschat.first"));
        Assert.Equal("1-first 2-second 103-third", await AppliedAsync(database));
    }

    [PostgresFact]
    public async Task Many_runners_of_the_program_s_own_migrations_get_on_with_each_other()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => ApplyAsync(database, [.. Migration.All]))));

        Assert.Equal((long)Migration.All.Count, await database.ExecuteAsync("SELECT count(*) FROM orleanschat.migrations"));
    }

    [PostgresFact]
    public async Task One_that_fails_leaves_nothing_behind_and_those_before_it_in_place()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        var failing = new Migration(2, "failing", "CREATE TABLE orleanschat.half (a int); SELECT 1 / 0;");

        var error = await Assert.ThrowsAsync<PostgresException>(() => ApplyAsync(database, First, failing, Third));

        Assert.Equal(PostgresErrorCodes.DivisionByZero, error.SqlState);
        Assert.Equal("1-first", await AppliedAsync(database));
        Assert.Equal(DBNull.Value, await database.ExecuteAsync("SELECT to_regclass('orleanschat.half')::text"));
    }

    [PostgresFact]
    public async Task A_database_that_is_newer_than_the_program_is_refused()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await ApplyAsync(database, First, Second, Third);

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(database, First, Third));

        Assert.Equal(
            "The database was set up by a newer version of OrleansChat: it has migration 002-second, which this version does not know. "
            + "Run the newer version, or connect to another database (ConnectionStrings:PostgreSQL).",
            error.Message);
    }

    [PostgresFact]
    public async Task A_database_with_another_content_of_a_migration_is_refused_and_not_touched()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await ApplyAsync(database, First);
        var changed = First with { Sql = "CREATE TABLE orleanschat.first (b int)" };

        var error = await Assert.ThrowsAsync<InvalidOperationException>(() => ApplyAsync(database, changed, Second));

        Assert.StartsWith("The database has migration 001-first with another content", error.Message, StringComparison.Ordinal);
        Assert.Equal("1-first", await AppliedAsync(database));
    }

    [PostgresFact]
    public async Task A_user_who_may_only_read_and_write_can_start_once_the_schema_is_there()
    {
        await using var database = await TestPostgres.CreateDatabaseAsync();
        await ApplyAsync(database, First);
        var role = $"reader_{Guid.NewGuid():N}";
        await database.ExecuteAsync(
            $"CREATE ROLE {role} LOGIN PASSWORD 'secret'; GRANT USAGE ON SCHEMA orleanschat TO {role}; "
            + $"GRANT SELECT ON ALL TABLES IN SCHEMA orleanschat TO {role}");
        try
        {
            var reader = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Username = role, Password = "secret" };

            await ApplyAsync(reader.ConnectionString, First);

            var error = await Assert.ThrowsAsync<PostgresException>(() => ApplyAsync(reader.ConnectionString, First, Second));
            Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        }
        finally
        {
            await database.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }

    [Fact]
    public void Checksums_do_not_depend_on_how_lines_end_and_numbers_are_unique()
    {
        Assert.All(Migration.All, migration => Assert.DoesNotContain("\r", migration.Sql, StringComparison.Ordinal));
        Assert.Equal(Migration.All.Count, Migration.All.Select(migration => migration.Number).Distinct().Count());
        Assert.NotEqual(First.Checksum, Second.Checksum);
        Assert.Equal("conversations", Migration.All[0].Name);
    }

    private static Task ApplyAsync(PostgresDatabase database, params Migration[] migrations) =>
        ApplyAsync(database.ConnectionString, migrations);

    private static async Task ApplyAsync(string connectionString, params Migration[] migrations)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await new Migrator(migrations, NullLogger<Migrator>.Instance).ApplyAsync(source, default);
    }

    private static async Task<object?> AppliedAsync(PostgresDatabase database) =>
        await database.ExecuteAsync("SELECT string_agg(number || '-' || name, ' ' ORDER BY number) FROM orleanschat.migrations");
}
