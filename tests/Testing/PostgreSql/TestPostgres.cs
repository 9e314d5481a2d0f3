namespace OrleansChat.Testing.PostgreSql;

/// <summary>
/// Databases for tests that need nothing but a database: on one server for the whole process, or on the one that the
/// environment names.
/// </summary>
public static class TestPostgres
{
    /// <summary>Names a server to test against in place of one of our own: a connection string whose user may create databases.</summary>
    public const string ServerVariable = "ORLEANSCHAT_TEST_POSTGRESQL";

    private static readonly string? Named = Environment.GetEnvironmentVariable(ServerVariable) is { Length: > 0 } named ? named : null;

    // Ends with the process.
    private static readonly Lazy<Task<PostgresServer>> Shared =
        new(() => PostgresServer.CreateAsync(new PostgresSettings { MaxConnections = 300 }));

    /// <summary>Why there can be no databases; null if there can.</summary>
    public static string? NoDatabases { get; } = Named is not null || PostgresServer.Unavailable is null
        ? null
        : $"{PostgresServer.Unavailable} {ServerVariable} can name a server elsewhere.";

    /// <summary>Why there can be no server that may be stopped and killed; null if there can.</summary>
    public static string? NoServers { get; } = Named is null
        ? PostgresServer.Unavailable
        : $"The server that {ServerVariable} names is not ours to stop.";

    /// <summary>Makes an empty database.</summary>
    public static async Task<PostgresDatabase> CreateDatabaseAsync() => Named is not null
        ? await PostgresDatabase.CreateAsync(Named)
        : await (await Shared.Value).CreateDatabaseAsync();
}
