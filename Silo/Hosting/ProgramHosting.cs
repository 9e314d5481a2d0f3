using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Hosting;

/// <summary>How a program stops, which has its process for itself.</summary>
public static partial class ProgramHosting
{
    /// <summary>
    /// Ends the process where it has not stopped 3 s after <see cref="HostOptions.ShutdownTimeout"/>. To be added before all that may take
    /// long to start.
    /// </summary>
    public static IHostApplicationBuilder AddStopDeadline(this IHostApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHostedService<StopDeadline>();
        return builder;
    }

    /// <summary>Runs until the process is told to stop, be it while the host is still starting, which .NET takes for a crash.</summary>
    /// <returns>The exit code, 0. What keeps it from starting is thrown.</returns>
    public static async Task<int> RunProgramAsync(this IHost host)
    {
        ArgumentNullException.ThrowIfNull(host);
        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        var logger = host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProgramHosting));
        lifetime.ApplicationStopping.Register(() =>
        {
            if (!lifetime.ApplicationStarted.IsCancellationRequested)
            {
                LogStopped(logger);
            }
        });
        try
        {
            await host.RunAsync();
        }
        catch (Exception) when (lifetime.ApplicationStopping.IsCancellationRequested && !lifetime.ApplicationStarted.IsCancellationRequested)
        {
            // Whatever was starting has told by now that it was interrupted, as an error of its own.
        }

        return 0;
    }

    [LoggerMessage(LogLevel.Information, "Told to stop before everything has started; what tells that it was canceled is no error.")]
    private static partial void LogStopped(ILogger logger);
}
