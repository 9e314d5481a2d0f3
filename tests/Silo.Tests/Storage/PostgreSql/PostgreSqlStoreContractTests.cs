using OrleansChat.Journal;
using OrleansChat.Testing.Journal;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

[NeedsPostgres]
public sealed class PostgreSqlStoreContractTests(PostgreSqlStoreContractTests.StoreFixture fixture)
    : ConversationStoreContract, IClassFixture<PostgreSqlStoreContractTests.StoreFixture>
{
    protected override Task<IConversationStore> OpenAsync() =>
        Task.FromResult<IConversationStore>(new TestStore(fixture.Database.ConnectionString));

    /// <summary>A database with the schema.</summary>
    public sealed class StoreFixture : IAsyncLifetime
    {
        private readonly PostgresFixture inner = new();

        public PostgresDatabase Database => inner.Database;

        public async Task InitializeAsync()
        {
            await inner.InitializeAsync();
            if (TestPostgres.NoDatabases is null)
            {
                await TestStore.MigrateAsync(Database.ConnectionString);
            }
        }

        public Task DisposeAsync() => inner.DisposeAsync();
    }
}
