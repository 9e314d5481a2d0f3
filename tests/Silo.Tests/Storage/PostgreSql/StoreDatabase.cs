using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>A database with the schema, for all tests of a class.</summary>
public sealed class StoreDatabase : IAsyncLifetime
{
    private readonly PostgresFixture inner = new();

    /// <summary>How to connect.</summary>
    public string ConnectionString => inner.Database.ConnectionString;

    /// <summary>Runs a statement as an administrator would.</summary>
    public Task<object?> ExecuteAsync(string statement) => inner.Database.ExecuteAsync(statement);

    public async Task InitializeAsync()
    {
        await inner.InitializeAsync();
        if (TestPostgres.NoDatabases is null)
        {
            await TestStore.MigrateAsync(ConnectionString);
        }
    }

    public Task DisposeAsync() => inner.DisposeAsync();
}
