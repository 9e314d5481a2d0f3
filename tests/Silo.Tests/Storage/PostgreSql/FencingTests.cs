using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Testing.Journal;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>Two activations of one conversation, in two processes, with a compaction between them.</summary>
public sealed class FencingTests(StoreDatabase database) : StoreTests(database)
{
    [PostgresFact]
    public async Task A_stale_writer_is_fenced_also_where_compaction_has_freed_the_key_of_its_row()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a", "b"));
        var stale = new ConversationScript(script.Key).Created().Asked().Started().Said("a", "b");
        stale.Take();
        await using var other = new TestStore(Database.ConnectionString);

        await CommitAsync(script.Said("c").Completed());
        await Store.CompactAsync(script.Key, default);

        Assert.Equal("1-7", await RowsAsync(script));
        Assert.Equal(new AppendOutcome.Fenced(7), Assert.Single(await other.AppendAsync([stale.Said("x").Take()], default)));
        Assert.Equal("1-7", await RowsAsync(script));
        Assert.Equal(script.Lines, await other.ReadLinesAsync(script.Key));
    }

    [PostgresFact]
    public async Task Of_two_conversations_that_are_created_with_one_key_in_two_processes_there_is_one()
    {
        var first = NewConversation();
        var time = first.Key.Id.Value[..^16];
        Assert.True(ConversationId.TryParse(time[..^1] + (time[^1] == 'z' ? 'y' : 'z') + first.Key.Id.Tail, out var id));
        var second = new ConversationScript(first.Key with { Id = id }).Created().Take();
        await using var other = new TestStore(Database.ConnectionString);

        var outcomes = await Task.WhenAll(Store.AppendAsync([first.Created().Take()], default), other.AppendAsync([second], default));

        Assert.Equal(
            [AppendOutcome.Committed.Instance, new AppendOutcome.Fenced(0)],
            outcomes.Select(outcome => Assert.Single(outcome)).OrderBy(outcome => outcome is AppendOutcome.Fenced));
        Assert.Single(await Store.ListAsync(first.Key.Owner, 10, null, default), found => found.Id.Tail == id.Tail);
    }

    [PostgresFact]
    public async Task A_writer_and_a_compactor_in_different_processes_do_not_disturb_each_other()
    {
        var script = NewConversation();
        await CommitAsync(script.Created());
        await using var other = new TestStore(Database.ConnectionString);
        using var done = new CancellationTokenSource();
        var compacting = Task.Run(async () =>
        {
            while (!done.IsCancellationRequested)
            {
                await Task.WhenAll(other.CompactAsync(script.Key, default), Store.CompactAsync(script.Key, default));
            }
        });

        for (var i = 0; i < 30; i++)
        {
            await CommitAsync(script.Asked().Started());
            await CommitAsync(script.Said("a", "b"));
            await CommitAsync(script.Said("c"));
            await CommitAsync(script.Completed());
            Assert.Equal(script.Lines, await other.ReadLinesAsync(script.Key));
        }

        await done.CancelAsync();
        await compacting;
        Assert.Equal(script.Lines, await Store.ReadLinesAsync(script.Key));
    }

    [PostgresFact]
    public async Task One_append_that_the_server_refuses_does_not_hinder_the_others()
    {
        await Database.ExecuteAsync("ALTER TABLE orleanschat.journal ADD CONSTRAINT poison CHECK (octet_length(lines) <> 1234)");
        try
        {
            var scripts = Enumerable.Range(0, 9).Select(_ => NewConversation().Created()).ToArray();
            var padding = 1234 - new ConversationScript(scripts[4].Key).Created("").Take().Block.Lines.Length;
            scripts[4] = new ConversationScript(scripts[4].Key).Created(new string('x', padding));

            var outcomes = await Store.AppendAsync([.. scripts.Select(script => script.Take())], default);

            Assert.Equal(4, outcomes.IndexOf(Assert.Single(outcomes, outcome => outcome is AppendOutcome.Failed)));
            Assert.Null(await Store.ReadAsync(scripts[4].Key, 0, 1000, default));
            Assert.All(outcomes.RemoveAt(4), outcome => Assert.Equal(AppendOutcome.Committed.Instance, outcome));
        }
        finally
        {
            await Database.ExecuteAsync("ALTER TABLE orleanschat.journal DROP CONSTRAINT poison");
        }
    }

    [PostgresFact]
    public async Task A_commit_that_fails_at_its_very_end_is_not_taken_for_one()
    {
        await Database.ExecuteAsync("""
            CREATE FUNCTION fail() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''no''; END';
            CREATE CONSTRAINT TRIGGER late AFTER INSERT ON orleanschat.journal DEFERRABLE INITIALLY DEFERRED
                FOR EACH ROW EXECUTE FUNCTION fail();
            """);

        // So many that the server sends a part of its answer before it commits.
        JournalAppend[] appends = [.. Enumerable.Range(0, 2000).Select(_ => NewConversation().Created().Take())];
        try
        {
            Assert.All(await Store.AppendAsync(appends, default), outcome => Assert.IsType<AppendOutcome.Failed>(outcome));
            Assert.Null(await Store.ReadAsync(appends[0].Key, 0, 1000, default));
        }
        finally
        {
            await Database.ExecuteAsync("DROP TRIGGER late ON orleanschat.journal; DROP FUNCTION fail");
        }

        Assert.All(await Store.AppendAsync(appends, default), outcome => Assert.Equal(AppendOutcome.Committed.Instance, outcome));
    }

    [PostgresFact]
    public async Task A_commit_of_any_size_is_taken()
    {
        // More than one statement carries.
        var text = new string('x', 5 * 1024 * 1024);
        var scripts = Enumerable.Range(0, 8).Select(_ => NewConversation().Created().Asked(text)).ToArray();

        var outcomes = await Store.AppendAsync([.. scripts.Select(script => script.Take())], default);

        Assert.All(outcomes, outcome => Assert.Equal(AppendOutcome.Committed.Instance, outcome));
        Assert.Equal(scripts[7].Lines, await Store.ReadLinesAsync(scripts[7].Key));
    }
}
