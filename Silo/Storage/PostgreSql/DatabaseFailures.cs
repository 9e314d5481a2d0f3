using System.Net.Sockets;
using Npgsql;
using OrleansChat.Conversations;

namespace OrleansChat.Storage.PostgreSql;

/// <summary>Tells what the server refuses, or a connection that breaks, from what is wrong with the data or the program.</summary>
internal static class DatabaseFailures
{
    /// <summary>Whether the server said no, or cannot be reached, for any reason.</summary>
    public static bool IsOfMedium(Exception e) => e is NpgsqlException or TimeoutException or IOException or SocketException;

    /// <summary>
    /// Whether the server refused a statement and certainly undid it. Everything else, a lost connection above all, leaves open
    /// whether the statement took effect.
    /// </summary>
    public static bool IsRefusal(Exception e) => e is PostgresException { InvariantSeverity: "ERROR" };

    /// <summary>
    /// Whether the server refused a statement for what is in it or in the rows that it touches, rather than for its own state: data
    /// exceptions, broken constraints, program limits, damage (https://www.postgresql.org/docs/current/errcodes-appendix.html).
    /// </summary>
    public static bool IsRefusalOfData(Exception e) => IsRefusal(e) && ((PostgresException)e).SqlState[..2] is "22" or "23" or "54" or "XX";

    /// <summary>
    /// Whether the server cannot be reached or is not up yet, which waiting may help, rather than that it refuses: a wrong
    /// password, a database that does not exist.
    /// </summary>
    public static bool IsOutage(Exception e) => e is PostgresException refused
        ? refused.SqlState[..2] is "57" or "53" or "08"
        : IsOfMedium(e);

    /// <summary>Runs work with the database, and gives failures the store's name.</summary>
    /// <exception cref="StorageUnavailableException">The medium failed.</exception>
    /// <exception cref="InvalidDataException">The server found its own files damaged.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (PostgresException e) when (e.SqlState is PostgresErrorCodes.DataCorrupted or PostgresErrorCodes.IndexCorrupted)
        {
            throw new InvalidDataException($"The database is damaged: {e.MessageText}", e);
        }
        catch (Exception e) when (IsOfMedium(e))
        {
            throw new StorageUnavailableException("The database of the conversations cannot be used.", e);
        }
    }

    /// <summary>
    /// The same for work that may be done twice: where the connection had been broken before, as all of them are after a restart
    /// of the server, it is done again on another.
    /// </summary>
    /// <inheritdoc cref="RunAsync" path="/exception" />
    public static Task<T> RunRepeatableAsync<T>(Func<Task<T>> work) => RunAsync(async () =>
    {
        try
        {
            return await work();
        }
        catch (NpgsqlException e) when (!IsRefusal(e) && e.InnerException is not TimeoutException)
        {
            return await work();
        }
    });
}
