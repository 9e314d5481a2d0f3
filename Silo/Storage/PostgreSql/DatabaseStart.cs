using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using OrleansChat.Storage.PostgreSql.Migrations;

namespace OrleansChat.Storage.PostgreSql;

/// <summary>
/// Waits, when the host starts, for a database that is not up yet, and brings it to this program's schema. It does so before any
/// service starts: Orleans' membership is in the same database.
/// </summary>
internal sealed partial class DatabaseStart(
    ConnectionPools pools,
    Migrator migrator,
    IOptions<PostgreSqlStoreOptions> options,
    TimeProvider clock,
    ILogger<DatabaseStart> logger) : IHostedLifecycleService
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await migrator.ApplyAsync(pools.Queries, cancellationToken);
                return;
            }
            catch (Exception e) when (DatabaseFailures.IsOutage(e))
            {
                if (clock.GetElapsedTime(start) + Pause > options.Value.StartTimeout)
                {
                    throw new InvalidOperationException(
                        $"The database that {PostgreSqlStoreOptions.ConnectionStringKey} names did not answer within "
                        + $"{options.Value.StartTimeout} ({PostgreSqlStoreOptions.Section}:{nameof(PostgreSqlStoreOptions.StartTimeout)}): {e.Message}",
                        e);
                }

                if (attempt == 1)
                {
                    LogWaiting(logger, e.Message, options.Value.StartTimeout);
                }
            }

            await Task.Delay(Pause, clock, cancellationToken);
        }
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "The database does not answer yet ({Reason}); waiting for it for up to {Patience}.")]
    private static partial void LogWaiting(ILogger logger, string reason, TimeSpan patience);
}
