using System.ComponentModel.DataAnnotations;

namespace OrleansChat.Edge;

/// <summary>What one process takes on from the network at most; configuration section <c>Limits</c>, beside the limits of requests and owners.</summary>
internal sealed class EdgeLimitOptions
{
    /// <summary>The configuration section.</summary>
    public const string Section = "Limits";

    /// <summary>
    /// Connections at a time, 1 to 1,000,000, but never more, with those that are only told that there is no room, than half of the files that the process may open. Beyond that the connection that has
    /// been without a request for the longest time makes room; where all have one, new ones are answered with 503. Default 10,000.
    /// </summary>
    [Range(1, 1_000_000, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int Connections { get; set; } = 10_000;

    /// <summary>
    /// Connections at a time from one address, 1 to 1,000,000; a few more are answered with 503, and the rest closed. Of IPv6, the first 64 bits are an address: the rest its holder
    /// chooses. Default: no limit, for behind a proxy all come from one address.
    /// </summary>
    [Range(1, 1_000_000, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int? ConnectionsPerAddress { get; set; }

    /// <summary>How long a connection without a request is kept, 1 s to 1 h. Default 130 s, more than proxies keep theirs.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = $"{Section}:{{0}} must be a time span from {{1}} to {{2}}.")]
    public TimeSpan IdleTimeout { get; set; } = TimeSpan.FromSeconds(130);

    /// <summary>How long a request's line and headers may take to arrive, 1 s to 5 min. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:05:00", ErrorMessage = $"{Section}:{{0}} must be a time span from {{1}} to {{2}}.")]
    public TimeSpan HeaderTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Bytes per second at which a request's body has to arrive, 1 to 1,000,000; a slower one is answered with 408. Default 240.</summary>
    [Range(1, 1_000_000, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int BodyRate { get; set; } = 240;

    /// <summary>After how long that rate is looked at, 2 s to 5 min. Default 5 s.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:05:00", ErrorMessage = $"{Section}:{{0}} must be a time span from {{1}} to {{2}}.")]
    public TimeSpan BodyGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a request's body may take to arrive, 1 s to 1 h; one that takes longer is answered with 408. Default 1 min.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00", ErrorMessage = $"{Section}:{{0}} must be a time span from {{1}} to {{2}}.")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Bytes that the bodies of all requests may take while they arrive and are worked on, 16 MiB to 64 GiB; one owner's no more than a quarter of that. What
    /// goes beyond it is answered with 503. Bodies of up to 64 KiB do not count. Default 256 MiB.
    /// </summary>
    [Range(16L * 1024 * 1024, 64L * 1024 * 1024 * 1024, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public long BodyMemory { get; set; } = 256L * 1024 * 1024;

    /// <summary>
    /// Bytes per second at which a client has to take what waits for it, 0 to 1,000,000; a slower one is cut off, and comes back with its
    /// cursor. 0: never, it is only kept waiting. Default 240.
    /// </summary>
    [Range(0, 1_000_000, ErrorMessage = $"{Section}:{{0}} must be from {{1}} to {{2}}.")]
    public int SlowReaderRate { get; set; } = 240;

    /// <summary>After how long that rate is looked at, 2 s to 1 h: phones are without a network now and then. Default 20 s.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "01:00:00", ErrorMessage = $"{Section}:{{0}} must be a time span from {{1}} to {{2}}.")]
    public TimeSpan SlowReaderGrace { get; set; } = TimeSpan.FromSeconds(20);
}
