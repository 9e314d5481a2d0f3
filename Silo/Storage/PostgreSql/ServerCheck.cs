using Npgsql;
using OrleansChat.Conversations;

namespace OrleansChat.Storage.PostgreSql;

/// <summary>Asks whether the server can be written to.</summary>
internal static class ServerCheck
{
    // A server that is a standby, or was set to read only because its disk is full, answers and takes nothing.
    private const string Sql = "SELECT pg_is_in_recovery() OR current_setting('transaction_read_only')::boolean";

    /// <summary>Returns when it can.</summary>
    /// <exception cref="StorageUnavailableException">It answers, but takes nothing.</exception>
    public static async Task<bool> RunAsync(NpgsqlDataSource database, CancellationToken cancellationToken)
    {
        await using var command = database.CreateCommand(Sql);
        return !(bool)(await command.ExecuteScalarAsync(cancellationToken))!
            ? true
            : throw new StorageUnavailableException("The database of the conversations is read-only.");
    }
}
