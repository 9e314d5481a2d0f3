namespace OrleansChat.Testing.PostgreSql;

/// <summary>How a server is told to stop.</summary>
public enum PostgresStop
{
    /// <summary>Cuts every connection, rolls back what is not committed, and writes everything out.</summary>
    Fast,

    /// <summary>Ends at once and recovers with the next start, as after a crash.</summary>
    Immediate,
}
