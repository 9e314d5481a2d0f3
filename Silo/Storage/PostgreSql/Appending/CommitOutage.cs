using Microsoft.Extensions.Logging;

namespace OrleansChat.Storage.PostgreSql.Appending;

/// <summary>
/// A time in which commits fail. It is logged when it begins and when it is over, and slows commits down: every running reply tries
/// again, and a server that recovers is not to be busied with refusing them.
/// </summary>
internal sealed partial class CommitOutage(TimeProvider clock, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly Lock gate = new();
    private long? first;
    private long latest;

    /// <summary>Waits until the next commit may be tried, which is at once unless the last one failed.</summary>
    public Task PauseAsync(CancellationToken cancellationToken)
    {
        TimeSpan rest;
        lock (gate)
        {
            rest = first is null ? TimeSpan.Zero : Pause - clock.GetElapsedTime(latest);
        }

        return rest > TimeSpan.Zero ? Task.Delay(rest, clock, cancellationToken) : Task.CompletedTask;
    }

    /// <summary>Notes a commit that failed.</summary>
    public void Failed(Exception cause)
    {
        bool begins;
        lock (gate)
        {
            latest = clock.GetTimestamp();
            begins = first is null;
            first ??= latest;
        }

        if (begins)
        {
            LogBegins(logger, cause);
        }
    }

    /// <summary>Notes a commit that succeeded.</summary>
    public void Over()
    {
        long? began;
        lock (gate)
        {
            began = first;
            first = null;
        }

        if (began is { } start)
        {
            LogOver(logger, clock.GetElapsedTime(start));
        }
    }

    [LoggerMessage(LogLevel.Warning, "The database takes no events for now; replies pause, and they are tried again.")]
    private static partial void LogBegins(ILogger logger, Exception cause);

    [LoggerMessage(LogLevel.Information, "The database takes events again, after {Duration}.")]
    private static partial void LogOver(ILogger logger, TimeSpan duration);
}
