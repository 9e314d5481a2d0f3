using OrleansChat.Events;
using OrleansChat.Testing.Suites;
using Xunit;

namespace OrleansChat.Testing.Journal;

public abstract partial class ConversationStoreContract
{
    [SuiteFact]
    public async Task Read_of_a_conversation_that_never_was_is_null() =>
        Assert.Null(await Store.ReadAsync(NewConversation().Key, 0, 1000, default));

    [SuiteTheory]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(long.MaxValue - 1)]
    public async Task Read_at_or_past_the_head_is_an_empty_page_that_says_where_the_head_is(long after)
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a"));

        var page = await Store.ReadAsync(script.Key, after, 1000, default);

        Assert.Empty(page!.Blocks);
        Assert.Equal(4, page.Head);
    }

    [SuiteTheory]
    [InlineData(1)]
    [InlineData(200)]
    [InlineData(1000)]
    [InlineData(int.MaxValue)]
    public async Task Every_cursor_reads_what_comes_after_it_in_pages_of_any_size(int maxBytes)
    {
        var script = NewConversation();
        await CommitTurnsAsync(script);
        await AssertReadsAsync(script, maxBytes);

        await Store.CompactAsync(script.Key, default);
        await AssertReadsAsync(script, maxBytes);

        await CommitAsync(script.Asked().Started());
        await CommitAsync(script.Said(Pieces(5)));
        await AssertReadsAsync(script, maxBytes);

        await ReopenAsync();
        await AssertReadsAsync(script, maxBytes);
    }

    [SuiteTheory]
    [InlineData(1)]
    [InlineData(300)]
    [InlineData(5000)]
    public async Task A_page_is_about_as_large_as_asked_for(int maxBytes)
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        var largest = 0;
        for (var i = 0; i < 100; i++)
        {
            var append = script.Said(Pieces(2)).Take();
            largest = Math.Max(largest, append.Block.Lines.Length);
            await AppendAsync(append);
        }

        for (var after = 3L; after < script.Head; after += 20)
        {
            var page = await Store.ReadAsync(script.Key, after, maxBytes, default);

            Assert.Equal(script.Head, page!.Head);
            Assert.InRange(page.Blocks.Sum(block => block.Lines.Length), 1, maxBytes + largest);
        }
    }

    [SuiteFact]
    public async Task What_was_read_does_not_change_when_the_journal_does()
    {
        var script = NewConversation();
        await CommitTurnsAsync(script);
        var page = await Store.ReadAsync(script.Key, 0, int.MaxValue, default);
        var before = JournalLines.Expand(page!.Blocks);

        await Store.CompactAsync(script.Key, default);
        await CommitAsync(script.Asked("Another"));
        await Store.DeleteAsync(script.Key, default);

        Assert.Equal(before, JournalLines.Expand(page.Blocks));
    }

    [SuiteFact]
    public async Task A_long_journal_reads_from_any_cursor()
    {
        var script = NewConversation();
        await CommitAsync(script.Created());
        var text = new string('x', 10_000);
        for (var i = 0; i < 60; i++)
        {
            await CommitAsync(script.Asked(text).Asked($"short {i}"));
        }

        await CommitAsync(script.Asked(new string('y', 500_000)));
        await CommitAsync(script.Asked("last"));

        foreach (var after in new long[] { 0, 1, 12, 13, 14, 64, 100, script.Head - 2, script.Head - 1 })
        {
            Assert.Equal(script.Lines[(int)after..], await Store.ReadLinesAsync(script.Key, after, 64 * 1024));
        }
    }

    private async Task CommitTurnsAsync(ConversationScript script)
    {
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said(Pieces(4)));
        await CommitAsync(script.Updated("In mid-reply").Said(Pieces(3)).Completed());
        await Store.CompactAsync(script.Key, default);
        await CommitAsync(script.Asked().Started());
        await CommitAsync(script.Said("only one").Completed());
        await CommitAsync(script.Asked("Question two").Started());
        await CommitAsync(script.Said(Pieces(6)));
        await CommitAsync(script.Interrupted());
    }

    private async Task AssertReadsAsync(ConversationScript script, int maxBytes)
    {
        for (var after = 0; after <= script.Head; after++)
        {
            Assert.Equal(script.Lines[after..], await Store.ReadLinesAsync(script.Key, after, maxBytes));
            var page = await Store.ReadAsync(script.Key, after, maxBytes, default);
            Assert.Equal(after < script.Head, page!.Blocks.Length > 0);
            Assert.All(page.Blocks, (EventBlock block) => Assert.True(block.Last > after));
        }
    }
}
