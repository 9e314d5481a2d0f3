using Npgsql;
using OrleansChat.Testing.Journal;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>Many replies that end at once.</summary>
public sealed class CompactionTurnsTests(StoreDatabase database) : StoreTests(database)
{
    private const int Connections = 4;

    [PostgresFact]
    public async Task Compactions_leave_connections_to_those_who_read_however_many_there_are()
    {
        await using var store = new TestStore(Database.ConnectionString, options =>
        {
            options.Connections = Connections;
            options.QueueTimeout = TimeSpan.FromSeconds(1);
        });
        var scripts = Enumerable.Range(0, 5 * Connections).Select(_ => NewConversation()).ToList();
        foreach (var script in scripts)
        {
            await CommitAsync(script.Created().Asked().Started());
            await CommitAsync(script.Said("a", "b").Completed());
        }

        await using var administrator = new NpgsqlConnection(Database.ConnectionString);
        await administrator.OpenAsync();
        await using (var locked = await administrator.BeginTransactionAsync())
        {
            await using var command = new NpgsqlCommand("LOCK TABLE orleanschat.search IN EXCLUSIVE MODE", administrator, locked);
            await command.ExecuteNonQueryAsync();
            var compactions = scripts.ConvertAll(script => store.CompactAsync(script.Key, default));

            foreach (var script in scripts)
            {
                Assert.Equal(script.Lines, await store.ReadLinesAsync(script.Key));
            }

            Assert.All(compactions, compaction => Assert.False(compaction.IsCompleted));
            await locked.RollbackAsync();
            await Task.WhenAll(compactions);
        }

        foreach (var script in scripts)
        {
            Assert.Equal("1-6", await RowsAsync(script));
        }
    }
}
