namespace OrleansChat.Hosting;

/// <summary>Where the API's silos are.</summary>
internal static partial class SiloConnection
{
    private static readonly TimeSpan RetryPause = TimeSpan.FromSeconds(1);

    /// <summary>Hosts a silo in this process, or connects to those of the cluster, as <see cref="ChatClusterOptions.HostsSilo"/> says.</summary>
    public static WebApplicationBuilder AddSilos(this WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetCluster();
        if (options.HostsSiloOrDefault)
        {
            builder.AddSilo(gateway: false);
            return builder;
        }

        builder.UseOrleansClient(client =>
        {
            client.UseSilos(builder.Configuration);
            client.AddDelivery();
        });

        // The two may be started in either order.
        builder.Services.AddSingleton<IClientConnectionRetryFilter, WaitForSilo>();
        return builder;
    }

    private sealed partial class WaitForSilo(ILogger<WaitForSilo> logger) : IClientConnectionRetryFilter
    {
        public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
        {
            LogWaiting(logger, exception.Message);
            await Task.Delay(RetryPause, cancellationToken);
            return true;
        }

        [LoggerMessage(LogLevel.Warning, "No silo answers yet: {Reason}")]
        private static partial void LogWaiting(ILogger logger, string reason);
    }
}
