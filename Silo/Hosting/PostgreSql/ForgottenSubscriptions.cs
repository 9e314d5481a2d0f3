using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace OrleansChat.Hosting;

/// <summary>
/// Deletes, when a silo starts, what API nodes that died have left in the database: every run of one subscribes to a stream of
/// its own, and none that is killed takes that back.
/// </summary>
internal static partial class ForgottenSubscriptions
{
    // A node that lives on loses its subscription too if it has been as quiet as that. It notices by its probes, within seconds, and
    // subscribes anew.
    private const int Days = 30;

    private const string Delete = """
        DELETE FROM orleanschat.grain_states
        WHERE service_id = $1 AND grain_type = 'PubSubRendezvousGrain' AND modified_at < now() - $2 * interval '1 day'
        """;

    /// <summary>Has the silo do it.</summary>
    public static ISiloBuilder DeleteForgottenSubscriptions(this ISiloBuilder silo, string connectionString, string serviceId) =>
        silo.AddStartupTask(async (services, cancellationToken) =>
        {
            var logger = services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(ForgottenSubscriptions));
            try
            {
                var deleted = await DeleteAsync(connectionString, serviceId, cancellationToken);
                LogDeleted(logger, deleted, Days);
            }
            catch (NpgsqlException e)
            {
                // The next silo to start does it.
                LogNotDeleted(logger, e);
            }
        });

    /// <summary>Does it.</summary>
    /// <returns>How many there were.</returns>
    internal static async Task<int> DeleteAsync(string connectionString, string serviceId, CancellationToken cancellationToken)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Delete, connection)
        {
            Parameters = { new NpgsqlParameter<string> { TypedValue = serviceId }, new NpgsqlParameter<int> { TypedValue = Days } },
        };
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    [LoggerMessage(LogLevel.Debug, "Deleted {Count} subscriptions that are older than {Days} days.")]
    private static partial void LogDeleted(ILogger logger, int count, int days);

    [LoggerMessage(LogLevel.Warning, "Old subscriptions could not be deleted.")]
    private static partial void LogNotDeleted(ILogger logger, Exception exception);
}
