using OrleansChat.Events;
using OrleansChat.Storage.PostgreSql.Compacting;
using OrleansChat.Testing.Journal;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>How conversations lie in the tables, and how the server gets at them.</summary>
public sealed class LayoutTests(StoreDatabase database) : StoreTests(database)
{
    [PostgresFact]
    public async Task An_append_is_a_row_and_compaction_makes_few_of_many()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a"));
        await CommitAsync(script.Said("b", "c"));
        await CommitAsync(script.Completed());
        Assert.Equal("1-3 4-4 5-6 7-7", await RowsAsync(script));

        await Store.CompactAsync(script.Key, default);

        Assert.Equal("1-7", await RowsAsync(script));
    }

    [PostgresFact]
    public async Task A_reply_that_is_longer_than_a_row_lies_in_several()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked(new string('q', 40_000)).Started());
        await CommitAsync(script.Said(new string('a', 50_000), new string('b', 50_000)));
        await CommitAsync(script.Completed());

        await Store.CompactAsync(script.Key, default);

        Assert.Equal("1-3 4-5 6-6", await RowsAsync(script));
        Assert.Equal(script.Lines, await Store.ReadLinesAsync(script.Key, 0, 1000));
        await CommitTurnAsync(script);
        Assert.Equal(script.Lines, await Store.ReadLinesAsync(script.Key, 0, 1000));
    }

    [PostgresFact]
    public async Task A_long_history_lies_in_few_rows_of_a_bounded_size()
    {
        var script = NewConversation();
        await CommitAsync(script.Created());
        for (var turn = 0; turn < 60; turn++)
        {
            await CommitTurnAsync(script, new string('q', 3000));
        }

        // About 200 KB.
        Assert.InRange((await RowsAsync(script)).Split(' ').Length, 4, 12);
        var largest = (int)(await Database.ExecuteAsync(
            $"SELECT max(octet_length(lines)) FROM orleanschat.journal WHERE conversation = {await NumberAsync(script)}"))!;
        Assert.InRange(largest, 20_000, RowLayout.MaxRowBytes);
        Assert.Equal(script.Lines, await Store.ReadLinesAsync(script.Key, 0, 10_000));
    }

    [Fact]
    public void Turns_of_one_size_are_written_again_by_the_logarithm_of_a_row_s_size()
    {
        const int Turn = 1000;
        const int Turns = 10_000;
        var rows = new List<int>();
        var written = 0L;
        for (var turn = 0; turn < Turns; turn++)
        {
            var merged = RowLayout.CountMerged(Turn, [.. Enumerable.Reverse(rows).Take(16)]);
            var size = Turn + rows[^merged..].Sum();
            rows.RemoveRange(rows.Count - merged, merged);
            rows.Add(size);
            written += size;
        }

        Assert.All(rows, size => Assert.InRange(size, Turn, RowLayout.MaxRowBytes));
        Assert.InRange(written, Turn * Turns, Turn * Turns * 7L);
        Assert.InRange(rows.Count, Turn * Turns / RowLayout.MaxRowBytes, (2 * Turn * Turns / RowLayout.MaxRowBytes) + 8);
    }

    [Fact]
    public void Cutting_keeps_every_line_whole_and_in_order()
    {
        using var builder = new EventBlockBuilder();
        for (var sequence = 5; sequence < 500; sequence++)
        {
            builder.Add(new ReplyDelta("msg_1", new string('x', sequence * 7 % 5000)) { Sequence = sequence });
        }

        var block = builder.Build();
        var rows = RowLayout.Cut(block);

        Assert.Equal(5, rows[0].First);
        Assert.Equal(499, rows[^1].Last);
        Assert.All(rows.Zip(rows.Skip(1)), pair => Assert.Equal(pair.First.Last + 1, pair.Second.First));
        Assert.All(rows, row => Assert.InRange(row.Lines.Length, 1, RowLayout.MaxRowBytes));
        Assert.Equal(JournalLines.Expand([block]), JournalLines.Expand(rows));
    }

    // The server counts what it does by the table.
    [PostgresFact]
    public async Task Every_statement_finds_its_rows_by_an_index_from_the_first_on_and_deltas_leave_the_indexes_alone()
    {
        await using var fresh = await TestPostgres.CreateDatabaseAsync();
        await TestStore.MigrateAsync(fresh.ConnectionString);
        const string Scans = "SELECT sum(seq_scan)::bigint FROM pg_stat_user_tables WHERE relname IN ('conversations', 'journal')";

        // Making an index is one.
        await fresh.WaitUntilUnusedAsync();
        var scansBefore = await fresh.ExecuteAsync(Scans);
        const int Deltas = 100;
        await using (var store = new TestStore(fresh.ConnectionString))
        {
            var script = NewConversation();
            await store.AppendAsync([script.Created().Asked().Started().Take()], default);
            for (var i = 0; i < Deltas; i++)
            {
                await store.AppendAsync([script.Said($"{i}").Take(), NewConversation().Created().Take()], default);
                await store.ReadAsync(script.Key, i, 1000, default);
            }

            await store.FindUnfinishedAsync(TimeSpan.Zero, default);
            await store.AppendAsync([script.Completed().Take()], default);
            await store.CompactAsync(script.Key, default);
            await store.AppendAsync([NewConversation().Created(transient: true).Take()], default);
            await store.ListAsync(script.Key.Owner, 10, null, default);
            await store.ListNewerAsync(script.Key.Owner, 10, script.Key.Id, default);
            await store.FindIdleAsync(transient: false, TimeSpan.Zero, cursor: null, default);
            await store.FindIdleAsync(transient: true, TimeSpan.Zero, cursor: null, default);
            await store.DeleteAsync(script.Key, default);
        }

        await fresh.WaitUntilUnusedAsync();
        Assert.Equal(Deltas + 2L, await fresh.ExecuteAsync("SELECT n_tup_upd FROM pg_stat_user_tables WHERE relname = 'conversations'"));
        Assert.Equal(scansBefore, await fresh.ExecuteAsync(Scans));
        Assert.InRange(
            (long)(await fresh.ExecuteAsync("SELECT n_tup_hot_upd FROM pg_stat_user_tables WHERE relname = 'conversations'"))!,
            Deltas * 9 / 10,
            Deltas + 2);
    }
}
