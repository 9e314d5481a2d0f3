using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using OrleansChat.Keys;
using OrleansChat.Storage.PostgreSql;
using OrleansChat.Storage.PostgreSql.Keys;
using OrleansChat.Testing.Keys;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

[NeedsPostgres]
public sealed class PostgreSqlKeyStoreTests(StoreDatabase database) : KeyStoreContract, IClassFixture<StoreDatabase>
{
    private readonly List<ConnectionPools> pools = [];

    protected override IKeyStore Open()
    {
        var options = new PostgreSqlStoreOptions { ConnectionString = database.ConnectionString, Connections = 2 };
        var opened = new ConnectionPools(Options.Create(options), NullLoggerFactory.Instance);
        lock (pools)
        {
            pools.Add(opened);
        }

        return new PostgreSqlKeyStore(opened);
    }

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await database.ExecuteAsync("TRUNCATE orleanschat.keys, orleanschat.signing_keys");
    }

    public override async Task DisposeAsync()
    {
        foreach (var opened in pools)
        {
            await opened.DisposeAsync();
        }
    }
}
