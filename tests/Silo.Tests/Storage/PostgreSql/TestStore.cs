using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Npgsql;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Search;
using OrleansChat.Storage.PostgreSql;
using OrleansChat.Storage.PostgreSql.Migrations;
using OrleansChat.Usage;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>A store with connections of its own, as one silo has.</summary>
internal sealed class TestStore : IConversationStore, IAsyncDisposable
{
    private readonly PostgreSqlConversationStore store;

    public TestStore(string connectionString, Action<PostgreSqlStoreOptions>? configure = null)
    {
        var options = new PostgreSqlStoreOptions { ConnectionString = connectionString };
        configure?.Invoke(options);
        Pools = new ConnectionPools(Options.Create(options), NullLoggerFactory.Instance);
        store = new PostgreSqlConversationStore(Pools, TimeProvider.System, NullLogger<PostgreSqlConversationStore>.Instance);
    }

    /// <summary>The store's connections.</summary>
    public ConnectionPools Pools { get; }

    /// <summary>Brings an empty database to the schema.</summary>
    public static async Task MigrateAsync(string connectionString)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await new Migrator(Migration.All, NullLogger<Migrator>.Instance).ApplyAsync(source, default);
    }

    public Task<ImmutableArray<AppendOutcome>> AppendAsync(IReadOnlyList<JournalAppend> appends, CancellationToken cancellationToken) =>
        store.AppendAsync(appends, cancellationToken);

    public Task<JournalPage?> ReadAsync(ConversationKey key, long after, int maxBytes, CancellationToken cancellationToken) =>
        store.ReadAsync(key, after, maxBytes, cancellationToken);

    public Task CompactAsync(ConversationKey key, CancellationToken cancellationToken) => store.CompactAsync(key, cancellationToken);

    public Task<ImmutableArray<Conversation>> ListAsync(OwnerId owner, int limit, ConversationId? after, CancellationToken cancellationToken) =>
        store.ListAsync(owner, limit, after, cancellationToken);

    public Task<ImmutableArray<Conversation>> ListNewerAsync(OwnerId owner, int limit, ConversationId before, CancellationToken cancellationToken) =>
        store.ListNewerAsync(owner, limit, before, cancellationToken);

    public Task<SearchPage> SearchAsync(OwnerId owner, SearchQuery query, int limit, ConversationId? after, CancellationToken cancellationToken) =>
        store.SearchAsync(owner, query, limit, after, cancellationToken);

    public Task<IdlePage> FindIdleAsync(bool transient, TimeSpan idleFor, string? cursor, CancellationToken cancellationToken) =>
        store.FindIdleAsync(transient, idleFor, cursor, cancellationToken);

    public Task<ConversationId?> FindAsync(OwnerId owner, string tail, CancellationToken cancellationToken) =>
        store.FindAsync(owner, tail, cancellationToken);

    public Task<ImmutableArray<ConversationKey>> FindUnfinishedAsync(TimeSpan quietFor, CancellationToken cancellationToken) =>
        store.FindUnfinishedAsync(quietFor, cancellationToken);

    public Task<ImmutableArray<UsageRow>> ReadUsageAsync(OwnerId owner, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        store.ReadUsageAsync(owner, from, to, cancellationToken);

    public Task<bool> DeleteAsync(ConversationKey key, CancellationToken cancellationToken) => store.DeleteAsync(key, cancellationToken);

    public Task CheckAsync(CancellationToken cancellationToken) => store.CheckAsync(cancellationToken);

    public ValueTask DisposeAsync() => Pools.DisposeAsync();
}
