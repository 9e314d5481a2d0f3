using OrleansChat.Testing.Journal;
using OrleansChat.Testing.PostgreSql;

namespace OrleansChat.Silo.Tests.Storage.PostgreSql;

/// <summary>Rows that somebody changed: nothing of them is taken for true, and the message names the row.</summary>
public sealed class DamageTests(StoreDatabase database) : StoreTests(database)
{
    private const string Delta = """{"type":"reply.delta","sequence":4,"message":"reply_3","text":"a"}""";

    public static TheoryData<string, string> Lines => new()
    {
        { "", "it ends with event 3 and not 4" },
        { "{}\n", "event 4: The line of event 4 is malformed" },
        { Delta, "event 4: The line of event 4 is malformed" },
        { Delta.Replace("4", "5", StringComparison.Ordinal) + "\n", "event 4: The line of event 4 is malformed" },
        { Delta.Replace("message", "massage", StringComparison.Ordinal) + "\n", "event 4: its properties are not as this product writes them" },
        { Delta.Replace("delta", "dream", StringComparison.Ordinal) + "\n", "event 4: its type 'reply.dream' is not one that this version knows" },
        { """{"type":"message.created","sequence":4,"content":nothing}""" + "\n", "event 4: 'nothing}' is an invalid JSON literal" },
        { Delta + "\n" + Delta.Replace("4", "5", StringComparison.Ordinal) + "\n", "it ends with event 5 and not 4" },
    };

    [PostgresTheory]
    [MemberData(nameof(Lines))]
    public async Task A_row_whose_lines_are_not_its_events_is_refused_by_readers_and_compaction(string lines, string damage)
    {
        var script = await NewReplyAsync();
        await Database.ExecuteAsync(
            $"UPDATE orleanschat.journal SET lines = {Hex(lines)} WHERE conversation = {await NumberAsync(script)} AND first = 4");

        await AssertDamagedAsync(script, $"orleanschat.journal, conversation {await NumberAsync(script)}, first 4: {damage}");
        var rows = await RowsAsync(script);
        await Assert.ThrowsAsync<InvalidDataException>(() => Store.CompactAsync(script.Key, default));
        Assert.Equal(rows, await RowsAsync(script));
    }

    [PostgresFact]
    public async Task A_missing_row_is_noticed_and_compaction_leaves_the_others_alone()
    {
        var script = await NewReplyAsync();
        var number = await NumberAsync(script);
        await Database.ExecuteAsync($"DELETE FROM orleanschat.journal WHERE conversation = {number} AND first = 4");

        await AssertDamagedAsync(script, $"orleanschat.journal, conversation {number}, first 5: event 4 is missing before it.");
        await Store.CompactAsync(script.Key, default);
        Assert.Equal("1-3 5-5 6-6", await RowsAsync(script));
    }

    [PostgresFact]
    public async Task A_journal_that_ends_before_its_head_is_noticed()
    {
        var script = await NewReplyAsync();
        await Database.ExecuteAsync($"DELETE FROM orleanschat.journal WHERE conversation = {await NumberAsync(script)} AND first >= 5");

        await AssertDamagedAsync(script, $"orleanschat.conversations, {script.Key}: its head is 6, but its journal ends with event 4.");
        await Store.CompactAsync(script.Key, default);
        Assert.Equal("1-3 4-4", await RowsAsync(script));
    }

    [PostgresTheory]
    [InlineData("attributes = 'nothing'", "its attributes cannot be read: ")]
    [InlineData("attributes = '{\"type\":\"reply.delta\",\"sequence\":1,\"message\":\"\",\"text\":\"\"}'", "its attributes cannot be read: ReplyDelta says nothing of them")]
    public async Task Attributes_that_make_no_sense_are_refused(string change, string damage)
    {
        var script = await NewReplyAsync();
        await Database.ExecuteAsync($"UPDATE orleanschat.conversations SET {change} WHERE number = {await NumberAsync(script)}");
        try
        {
            var error = await Assert.ThrowsAsync<InvalidDataException>(() => Store.ListAsync(script.Key.Owner, 10, null, default));
            Assert.StartsWith($"orleanschat.conversations, {script.Key}: {damage}", error.Message, StringComparison.Ordinal);
        }
        finally
        {
            await Store.DeleteAsync(script.Key, default);
        }
    }

    [PostgresFact]
    public async Task What_is_damaged_can_be_deleted()
    {
        var script = await NewReplyAsync();
        var number = await NumberAsync(script);
        await Database.ExecuteAsync($"UPDATE orleanschat.journal SET lines = '' WHERE conversation = {number}");

        Assert.True(await Store.DeleteAsync(script.Key, default));

        Assert.Equal(0L, await Database.ExecuteAsync($"SELECT count(*) FROM orleanschat.journal WHERE conversation = {number}"));
    }

    private async Task<ConversationScript> NewReplyAsync()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a"));
        await CommitAsync(script.Said("b"));
        await CommitAsync(script.Completed());
        return script;
    }

    private async Task AssertDamagedAsync(ConversationScript script, string message)
    {
        var error = await Assert.ThrowsAsync<InvalidDataException>(() => Store.ReadLinesAsync(script.Key));
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }
}
