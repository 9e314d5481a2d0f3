using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace OrleansChat.Hosting;

/// <summary>
/// Ends a process that was told to stop and has not, shortly after <see cref="HostOptions.ShutdownTimeout"/>, which asks and does not
/// force: while the database is away, Orleans tries for minutes to tell it that its silo leaves. Nothing is lost by it. What was accepted
/// is stored, and the other silos take over what this one ran, as from one that was killed.
/// </summary>
internal sealed partial class StopDeadline(
    IHostApplicationLifetime lifetime, IOptions<HostOptions> host, TimeProvider clock, ILogger<StopDeadline> logger, ILoggerFactory loggers)
    : IHostedService
{
    // For what comes after the host's own time: giving up, and disposing of everything.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(3);

    /// <inheritdoc />
    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() => _ = EndAsync());
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    // Whoever stops in time is gone before this goes on.
    private async Task EndAsync()
    {
        var limit = host.Value.ShutdownTimeout + Margin;
        await Task.Delay(limit, clock);
        LogEnd(logger, limit.TotalSeconds);
        ProcessEnd.Now(loggers);
    }

    [LoggerMessage(LogLevel.Critical, "This process was told to stop and has not within {Seconds} s. It ends now.")]
    private static partial void LogEnd(ILogger logger, double seconds);
}
