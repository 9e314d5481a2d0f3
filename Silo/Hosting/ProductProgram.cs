using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace OrleansChat.Hosting;

/// <summary>How both programs start and end. Each has its process for itself.</summary>
public static partial class ProductProgram
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

    /// <summary>
    /// Runs until the process is told to stop. Being told so while it is still starting is no failure, and what keeps it from starting no
    /// crash, for which .NET takes both: it is said in a few words on the standard error.
    /// </summary>
    /// <param name="build">Makes the program's host.</param>
    /// <returns>
    /// The exit code: 0, 1 where it could not start, or 70 where it could not stop in its time, or stopped by itself because a background
    /// service has failed.
    /// </returns>
    public static async Task<int> RunAsync(Func<IHost> build)
    {
        ArgumentNullException.ThrowIfNull(build);
        IHost host;
        try
        {
            host = build();
        }
        catch (Exception e)
        {
            return CannotStart(e, isLogged: false);
        }

        var lifetime = host.Services.GetRequiredService<IHostApplicationLifetime>();
        TellWhenInterrupted(lifetime, host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ProductProgram)));
        try
        {
            // The host stops where a part of it has failed as if it had been told to, and a supervisor would leave it at that.
            var hasFailed = false;
            lifetime.ApplicationStopping.Register(() => hasFailed = lifetime.ApplicationStarted.IsCancellationRequested && HasFailed(host.Services));
            await host.RunAsync();
            return hasFailed ? ProcessEnd.ExitCode : 0;
        }
        catch (Exception e) when (!lifetime.ApplicationStarted.IsCancellationRequested)
        {
            return lifetime.ApplicationStopping.IsCancellationRequested ? 0 : CannotStart(e, isLogged: true);
        }
        catch (OperationCanceledException e) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            Console.Error.WriteLine($"Not all of OrleansChat has stopped in its time: {e.Message}");
            return ProcessEnd.ExitCode;
        }
    }

    private static bool HasFailed(IServiceProvider services) =>
        services.GetServices<IHostedService>().OfType<BackgroundService>().Any(service => service.ExecuteTask is { IsFaulted: true });

    private static int CannotStart(Exception exception, bool isLogged)
    {
        Console.Error.WriteLine($"OrleansChat cannot start: {StartMistakes.Describe(exception, isLogged)}");
        return 1;
    }

    private static void TellWhenInterrupted(IHostApplicationLifetime lifetime, ILogger logger) => lifetime.ApplicationStopping.Register(() =>
    {
        if (!lifetime.ApplicationStarted.IsCancellationRequested)
        {
            LogInterrupted(logger);
        }
    });

    [LoggerMessage(LogLevel.Information, "Told to stop before everything has started; what tells that it was canceled is no error.")]
    private static partial void LogInterrupted(ILogger logger);
}
