using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Storage.PostgreSql;

/// <summary>
/// Settings of <see cref="PostgreSqlConversationStore"/>, from the configuration section <c>Storage:PostgreSQL</c>. What they say
/// counts, whatever the connection string says of the same.
/// </summary>
internal sealed class PostgreSqlStoreOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Storage:PostgreSQL";

    /// <summary>Where the connection string stands in the configuration.</summary>
    public const string ConnectionStringKey = "ConnectionStrings:PostgreSQL";

    /// <summary>Server, database and user, as Npgsql reads it (https://www.npgsql.org/doc/connection-string-parameters.html).</summary>
    [ConnectionString]
    public string ConnectionString { get; set; } = "";

    /// <summary>
    /// How many connections one process opens at most to read and, two at a time, to compact, 1 to 1000; up to 4 more commit. Whoever
    /// finds all of them in use waits, for <see cref="QueueTimeout"/> at most. Default: 16.
    /// </summary>
    [Range(1, 1000, ErrorMessage = Section + ":{0} must be from {1} to {2}.")]
    public int Connections { get; set; } = 16;

    /// <summary>
    /// How long a read waits for its turn when all <see cref="Connections"/> are in use, 1 second to 5 minutes. Default: 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = Section + ":{0} must be from {1} to {2}.")]
    public TimeSpan QueueTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait until the server has opened a connection, 1 second to 1 minute. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = Section + ":{0} must be from {1} to {2}.")]
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait for the server's answer to a statement, 1 second to 1 minute. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00", ErrorMessage = Section + ":{0} must be from {1} to {2}.")]
    public TimeSpan CommandTimeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// After how long without use a connection is tried, so that one that a firewall forgot is noticed, 1 second to 1 hour.
    /// Default: 30 seconds.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = Section + ":{0} must be from {1} to {2}.")]
    public TimeSpan KeepAlive { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the start waits for a server that is not up yet, up to 1 hour. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ErrorMessage = Section + ":{0} must be from {1} to {2}.")]
    public TimeSpan StartTimeout { get; set; } = TimeSpan.FromMinutes(1);
}
