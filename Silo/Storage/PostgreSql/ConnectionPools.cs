using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;

namespace OrleansChat.Storage.PostgreSql;

/// <summary>
/// The connections of this process. Commits have their own: whatever reads, and however much, no running reply has to wait in a
/// queue with it.
/// </summary>
internal sealed class ConnectionPools : IAsyncDisposable, IDisposable
{
    // The writer commits one after the other. The others are for what a silent network has not given back yet.
    private const int CommitConnections = 4;

    // Nobody waits for a compaction, and where thousands of replies end in the same seconds everybody would wait for those: for a connection,
    // for the server's CPU, and for its disk.
    private const int CompactionsAtOnce = 2;

    // More than the store has statements, each prepared at its second use.
    private const int PreparedStatements = 32;
    private const int UsesBeforePreparing = 2;

    // Every statement here finds its rows by an index. A plan that was made and kept while a table was small would go on reading
    // the whole of it until the next ANALYZE; without that choice the plan is the same from the first row to the last.
    private const string Planning = "-c enable_seqscan=off";

    /// <summary>Opens no connection yet.</summary>
    public ConnectionPools(IOptions<PostgreSqlStoreOptions> options, ILoggerFactory loggers)
    {
        Commits = Build(options.Value, CommitConnections, "orleanschat-commits", loggers);
        Queries = Build(options.Value, options.Value.Connections, "orleanschat-queries", loggers);
        Turns = new QueryTurns(options.Value.Connections, options.Value.QueueTimeout);
        CompactionTurns = new QueryTurns(Math.Clamp(options.Value.Connections - 1, 1, CompactionsAtOnce), Timeout.InfiniteTimeSpan);
        CommandTimeout = options.Value.CommandTimeout;
    }

    /// <summary>How long to wait for the server's answer to a statement.</summary>
    public TimeSpan CommandTimeout { get; }

    /// <summary>For appends.</summary>
    public NpgsqlDataSource Commits { get; }

    /// <summary>For everything else.</summary>
    public NpgsqlDataSource Queries { get; }

    /// <summary>Who may use <see cref="Queries"/>, and when.</summary>
    public QueryTurns Turns { get; }

    /// <summary>Who may compact, and when.</summary>
    public QueryTurns CompactionTurns { get; }

    /// <inheritdoc />
    public void Dispose()
    {
        Commits.Dispose();
        Queries.Dispose();
        Turns.Dispose();
        CompactionTurns.Dispose();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await Commits.DisposeAsync();
        await Queries.DisposeAsync();
        Turns.Dispose();
        CompactionTurns.Dispose();
    }

    private static NpgsqlDataSource Build(PostgreSqlStoreOptions options, int connections, string name, ILoggerFactory loggers)
    {
        var settings = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Pooling = true,
            MinPoolSize = 0,
            MaxPoolSize = connections,
            Timeout = (int)options.ConnectTimeout.TotalSeconds,
            CommandTimeout = (int)options.CommandTimeout.TotalSeconds,
            KeepAlive = (int)options.KeepAlive.TotalSeconds,
            MaxAutoPrepare = PreparedStatements,
            AutoPrepareMinUsages = UsesBeforePreparing,

            // Nothing here changes a session, so there is nothing to reset.
            NoResetOnClose = true,
        };
        settings.Options = string.IsNullOrEmpty(settings.Options) ? Planning : $"{settings.Options} {Planning}";
        settings.ApplicationName ??= "orleanschat";
        return new NpgsqlDataSourceBuilder(settings.ConnectionString) { Name = name }.UseLoggerFactory(loggers).Build();
    }
}
