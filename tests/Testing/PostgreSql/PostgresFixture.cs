using Xunit;

namespace OrleansChat.Testing.PostgreSql;

/// <summary>A database for all tests of a class. Where there can be none, the tests are skipped and this does nothing.</summary>
public sealed class PostgresFixture : IAsyncLifetime
{
    private PostgresDatabase? database;

    /// <summary>The database.</summary>
    public PostgresDatabase Database => database ?? throw new InvalidOperationException(TestPostgres.NoDatabases);

    /// <inheritdoc />
    public async Task InitializeAsync() =>
        database = TestPostgres.NoDatabases is null ? await TestPostgres.CreateDatabaseAsync() : null;

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (database is not null)
        {
            await database.DisposeAsync();
        }
    }
}
