namespace OrleansChat.Testing.PostgreSql;

/// <summary>What a test wants of a server of its own.</summary>
public sealed record PostgresSettings
{
    /// <summary>The address at which it listens. Default: loopback.</summary>
    public string Address { get; init; } = "127.0.0.1";

    /// <summary>Whether commits wait for the disk. Default true, as in production.</summary>
    public bool Fsync { get; init; } = true;

    /// <summary>How many connections it takes, 3 of them kept for the superuser. Default 100, as PostgreSQL's own.</summary>
    public int MaxConnections { get; init; } = 100;

    /// <summary>Further settings by their names in <c>postgresql.conf</c>.</summary>
    public IReadOnlyDictionary<string, string> Further { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    internal IEnumerable<string> Arguments(int port)
    {
        var all = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["listen_addresses"] = Address,
            ["port"] = $"{port}",
            ["unix_socket_directories"] = "",
            ["fsync"] = Fsync ? "on" : "off",
            ["max_connections"] = $"{MaxConnections}",

            // Nobody replicates from it, and it shares the machine with the tests.
            ["wal_level"] = "minimal",
            ["max_wal_senders"] = "0",
            ["shared_buffers"] = "64MB",
        };
        foreach (var (name, value) in Further)
        {
            all[name] = value;
        }

        return all.SelectMany(setting => new[] { "-c", $"{setting.Key}={setting.Value}" });
    }
}
