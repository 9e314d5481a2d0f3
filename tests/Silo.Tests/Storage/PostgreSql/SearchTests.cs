using OrleansChat.Search;
using OrleansChat.Testing.Journal;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>What search keeps in its table.</summary>
public sealed class SearchTests(StoreDatabase database) : StoreTests(database)
{
    [PostgresFact]
    public async Task A_message_is_a_row_once_and_deltas_are_none()
    {
        var script = NewConversation();
        await CommitAsync(script.Created("Its title").Asked("A question").Started());
        await CommitAsync(script.Said("An ", "answer"));
        Assert.Equal(0L, await CountAsync(script));

        await CommitAsync(script.Completed());
        await Store.CompactAsync(script.Key, default);
        await Store.CompactAsync(script.Key, default);

        Assert.Equal(3L, await CountAsync(script));
        Assert.Equal("An answer", await Database.ExecuteAsync($"SELECT text FROM orleanschat.search WHERE conversation = {await NumberAsync(script)} AND message = 'reply_3'"));
    }

    [PostgresFact]
    public async Task Deletion_leaves_no_row_behind()
    {
        var script = NewConversation();
        await CommitAsync(script.Created("A title").Asked("A question"));
        await Store.CompactAsync(script.Key, default);
        var number = await NumberAsync(script);
        Assert.Equal(2L, await CountAsync(script));

        await Store.DeleteAsync(script.Key, default);

        foreach (var table in new[] { "search", "journal" })
        {
            Assert.Equal(0L, await Database.ExecuteAsync($"SELECT count(*) FROM orleanschat.{table} WHERE conversation = {number}"));
        }
    }

    [PostgresFact]
    public async Task A_search_finds_its_rows_by_the_index()
    {
        await using var fresh = await TestPostgres.CreateDatabaseAsync();
        await TestStore.MigrateAsync(fresh.ConnectionString);
        const string Scans = "SELECT coalesce(sum(seq_scan), 0)::bigint FROM pg_stat_user_tables WHERE relname = 'search'";
        const string IndexScans = "SELECT coalesce(sum(idx_scan), 0)::bigint FROM pg_stat_user_indexes WHERE indexrelname = 'search_words'";
        await fresh.WaitUntilUnusedAsync();
        var before = await fresh.ExecuteAsync(Scans);
        Assert.True(SearchQuery.TryParse("question", out var query));
        await using (var store = new TestStore(fresh.ConnectionString))
        {
            for (var i = 0; i < 10; i++)
            {
                var script = NewConversation();
                await store.AppendAsync([script.Created().Asked("A question").Take()], default);
                await store.CompactAsync(script.Key, default);
                Assert.Equal(i + 1, (await store.SearchAsync(script.Key.Owner, query, 100, null, default)).Matches.Length);
            }
        }

        await fresh.WaitUntilUnusedAsync();
        Assert.InRange((long)(await fresh.ExecuteAsync(IndexScans))!, 10, long.MaxValue);
        Assert.Equal(before, await fresh.ExecuteAsync(Scans));
    }

    private async Task<object?> CountAsync(ConversationScript script) =>
        await Database.ExecuteAsync($"SELECT count(*) FROM orleanschat.search WHERE conversation = {await NumberAsync(script)}");
}
