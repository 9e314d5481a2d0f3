using OrleansChat.Journal;
using OrleansChat.Testing.Journal;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

[NeedsPostgres]
public sealed class PostgreSqlStoreContractTests(StoreDatabase database) : ConversationStoreContract, IClassFixture<StoreDatabase>
{
    protected override Task<IConversationStore> OpenAsync() =>
        Task.FromResult<IConversationStore>(new TestStore(database.ConnectionString));
}
