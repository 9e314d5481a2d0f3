using Microsoft.Extensions.Logging;

namespace OrleansChat.Hosting;

/// <summary>The end of a process that cannot end as it should.</summary>
internal static class ProcessEnd
{
    /// <summary>What it ends with: an internal error, by the convention of sysexits.h. Supervisors start it again, unless they have stopped it.</summary>
    public const int ExitCode = 70;

    /// <summary>Ends the process, once what it has logged is written.</summary>
    public static void Now(ILoggerFactory loggers)
    {
        // The console is written to in the background, and this waits for it.
        loggers.Dispose();
        Environment.Exit(ExitCode);
    }
}
