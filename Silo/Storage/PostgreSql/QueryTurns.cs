using OrleansChat.Conversations;

namespace OrleansChat.Storage.PostgreSql;

/// <summary>
/// Lets no more queries run at a time than there are connections for them, in the order in which they came. After the death of a silo
/// hundreds of conversations are read at once: the driver's own queue would fail them after the few seconds that are right for a
/// server that does not answer, and whoever wanted them would begin anew, at the end of the queue.
/// </summary>
internal sealed class QueryTurns(int connections, TimeSpan patience) : IDisposable
{
    private readonly SemaphoreSlim free = new(connections, connections);

    /// <summary>Runs a query when it is its turn.</summary>
    /// <exception cref="StorageUnavailableException">Its turn did not come in time.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> query, CancellationToken cancellationToken)
    {
        if (!await free.WaitAsync(patience, cancellationToken))
        {
            throw new StorageUnavailableException($"The database is overloaded: no connection was free within {patience.TotalSeconds:0.###} seconds.");
        }

        try
        {
            return await query();
        }
        finally
        {
            free.Release();
        }
    }

    /// <inheritdoc />
    public void Dispose() => free.Dispose();
}
