using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Search;
using OrleansChat.Storage.PostgreSql.Appending;
using OrleansChat.Storage.PostgreSql.Compacting;
using OrleansChat.Storage.PostgreSql.Reading;
using OrleansChat.Storage.PostgreSql.Searching;
using OrleansChat.Storage.PostgreSql.Usage;
using OrleansChat.Usage;

namespace OrleansChat.Storage.PostgreSql;

/// <summary>
/// Keeps conversations in a PostgreSQL database that any number of processes use at the same time. The tables are those of
/// <c>Migrations/001-conversations.sql</c>, <c>020-search.sql</c>, <c>030-usage.sql</c> and <c>040-transient.sql</c>.
/// </summary>
internal sealed class PostgreSqlConversationStore(
    ConnectionPools pools,
    TimeProvider clock,
    ILogger<PostgreSqlConversationStore> logger) : IConversationStore
{
    private readonly GroupCommit commit = new(pools, new CommitOutage(clock, logger));

    /// <summary>
    /// A commit costs silo, server and API nodes some half a millisecond of CPU, however little is in it. At 6,000 deltas per second, two
    /// silos make 500 of them in a second this way, and 1,700 without.
    /// </summary>
    public TimeSpan CommitPeriod { get; } = TimeSpan.FromMilliseconds(4);

    /// <inheritdoc />
    public Task<ImmutableArray<AppendOutcome>> AppendAsync(IReadOnlyList<JournalAppend> appends, CancellationToken cancellationToken) =>
        commit.AppendAsync(appends, cancellationToken);

    /// <inheritdoc />
    public Task<JournalPage?> ReadAsync(ConversationKey key, long after, int maxBytes, CancellationToken cancellationToken) =>
        QueryAsync(() => JournalReader.ReadAsync(pools.Queries, key, after, maxBytes, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task CompactAsync(ConversationKey key, CancellationToken cancellationToken) =>
        pools.CompactionTurns.RunAsync(
            () => QueryAsync(() => Compaction.RunAsync(pools.Queries, key, cancellationToken), cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<ImmutableArray<Conversation>> ListAsync(
        OwnerId owner,
        int limit,
        ConversationId? after,
        CancellationToken cancellationToken) =>
        QueryAsync(() => ConversationReader.ListAsync(pools.Queries, owner, limit, after, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<ImmutableArray<Conversation>> ListNewerAsync(
        OwnerId owner,
        int limit,
        ConversationId before,
        CancellationToken cancellationToken) =>
        QueryAsync(() => ConversationReader.ListNewerAsync(pools.Queries, owner, limit, before, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<SearchPage> SearchAsync(
        OwnerId owner,
        SearchQuery query,
        int limit,
        ConversationId? after,
        CancellationToken cancellationToken) =>
        QueryAsync(() => SearchReader.RunAsync(pools.Queries, owner, query, limit, after, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<IdlePage> FindIdleAsync(bool transient, TimeSpan idleFor, string? cursor, CancellationToken cancellationToken) =>
        QueryAsync(() => ConversationReader.FindIdleAsync(pools.Queries, transient, idleFor, cursor, cancellationToken), cancellationToken);

    public Task<ConversationId?> FindAsync(OwnerId owner, string tail, CancellationToken cancellationToken) =>
        QueryAsync(() => ConversationReader.FindAsync(pools.Queries, owner, tail, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<ImmutableArray<ConversationKey>> FindUnfinishedAsync(TimeSpan quietFor, CancellationToken cancellationToken) =>
        QueryAsync(() => ConversationReader.FindUnfinishedAsync(pools.Queries, quietFor, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<ImmutableArray<UsageRow>> ReadUsageAsync(OwnerId owner, DateOnly from, DateOnly to, CancellationToken cancellationToken) =>
        QueryAsync(() => UsageReader.RunAsync(pools.Queries, owner, from, to, cancellationToken), cancellationToken);

    /// <inheritdoc />
    public Task<bool> DeleteAsync(ConversationKey key, CancellationToken cancellationToken) =>
        DatabaseFailures.RunAsync(
            () => pools.Turns.RunAsync(() => Deletion.RunAsync(pools.Queries, key, cancellationToken), cancellationToken));

    /// <remarks>Waits for no turn: many readers are no reason to say that the database cannot be used.</remarks>
    /// <inheritdoc />
    public Task CheckAsync(CancellationToken cancellationToken) =>
        DatabaseFailures.RunRepeatableAsync(() => ServerCheck.RunAsync(pools.Queries, cancellationToken));

    private Task<T> QueryAsync<T>(Func<Task<T>> query, CancellationToken cancellationToken) =>
        DatabaseFailures.RunRepeatableAsync(() => pools.Turns.RunAsync(query, cancellationToken));
}
