using Microsoft.Extensions.Logging;

namespace OrleansChat.Hosting;

/// <summary>
/// Ends the process when its silo cannot go on, mostly because the others have declared it dead: they take its conversations over,
/// so it has nothing to finish, and only a new process may join them again. Orleans itself would go on for two seconds, and then
/// leave a core dump.
/// </summary>
internal sealed partial class EndOfSilo(ILogger<EndOfSilo> logger, ILoggerFactory loggers) : IFatalErrorHandler
{
    public bool IsUnexpected(Exception exception) => true;

    public void OnFatalException(object? sender = null, string? context = null, Exception? exception = null)
    {
        LogEnd(logger, exception, context);
        ProcessEnd.Now(loggers);
    }

    [LoggerMessage(LogLevel.Critical, "This silo cannot go on, and its process ends now, to be started again: {Reason}")]
    private static partial void LogEnd(ILogger logger, Exception? exception, string? reason);
}
