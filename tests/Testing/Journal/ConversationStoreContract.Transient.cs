using OrleansChat.Journal;
using OrleansChat.Testing.Suites;
using Xunit;

namespace OrleansChat.Testing.Journal;

public abstract partial class ConversationStoreContract
{
    [SuiteFact]
    public async Task A_transient_conversation_is_found_by_who_knows_it_and_by_nobody_else()
    {
        var script = NewConversation();
        var (lasting, older) = (NewConversation(), script.Key.Id);
        Assert.Empty(await ListAsync(Owner, 10, null));
        Assert.Null(await Store.FindAsync(Owner, script.Key.Id.Tail, default));
        await CommitAsync(script.Created("Lighthouses", transient: true).Asked("Where is the lighthouse?").Started());
        await CommitAsync(script.Said("On the ", "rock").Updated("Lighthouse").Completed());
        await CommitAsync(lasting.Created());

        await AssertHiddenAsync();
        await Store.CompactAsync(script.Key, default);
        await AssertHiddenAsync();
        await ReopenAsync();
        await AssertHiddenAsync();
        await CommitAsync(script.Asked("And now?"));
        await Store.CompactAsync(script.Key, default);
        await AssertHiddenAsync();

        Assert.True(await Store.DeleteAsync(script.Key, default));
        Assert.False(await Store.DeleteAsync(script.Key, default));
        Assert.Null(await Store.FindAsync(Owner, script.Key.Id.Tail, default));
        Assert.Null(await Store.ReadAsync(script.Key, 0, 1000, default));
        await ReopenAsync();
        Assert.Null(await Store.ReadAsync(script.Key, 0, 1000, default));

        async Task AssertHiddenAsync()
        {
            Assert.Equal(script.Lines, await Store.ReadLinesAsync(script.Key));
            Assert.Equal(script.Key.Id, await Store.FindAsync(Owner, script.Key.Id.Tail, default));
            Assert.Equal([lasting.Key.Id], await ListAsync(Owner, 10, null));
            Assert.Equal([lasting.Key.Id], (await Store.ListNewerAsync(Owner, 10, older, default)).Select(conversation => conversation.Id));
            Assert.Empty((await SearchAsync("lighthouse")).Matches);
        }
    }

    [SuiteFact]
    public async Task FindIdle_looks_at_transient_conversations_by_themselves()
    {
        var (transient, lasting, replying) = (NewConversation(), NewConversation(), NewConversation());
        await CommitAsync(transient.Created(transient: true).Asked());
        await CommitAsync(lasting.Created());
        await CommitAsync(replying.Created(transient: true).Asked().Started());
        await CommitAsync(replying.Said("a"));

        Assert.Equal([new IdleConversation(transient.Key, 2)], await IdleAsync(TimeSpan.Zero, transient: true));
        Assert.Equal([new IdleConversation(lasting.Key, 1)], await IdleAsync(TimeSpan.Zero));
        Assert.Empty(await IdleAsync(TimeSpan.FromHours(1), transient: true));
        Assert.Contains(replying.Key, await Store.FindUnfinishedAsync(TimeSpan.Zero, default));

        await CommitAsync(replying.Completed());
        await ReopenAsync();
        Assert.Equal(
            [new IdleConversation(transient.Key, 2), new IdleConversation(replying.Key, 5)], await IdleAsync(TimeSpan.Zero, transient: true));
        Assert.Equal([new IdleConversation(lasting.Key, 1)], await IdleAsync(TimeSpan.Zero));
    }

    [SuiteFact]
    public async Task Search_does_not_find_what_was_deleted()
    {
        var script = NewConversation();
        await CommitAsync(script.Created(title: null).Asked("Gulls?").Asked("Other gulls?").Started());
        await CommitAsync(script.Said("Gulls sleep.").Completed());
        await Store.CompactAsync(script.Key, default);
        Assert.Equal("reply_4", Assert.Single((await SearchAsync("gulls")).Matches).Message);

        await DeleteAsync("reply_4");
        Assert.Equal("msg_3", Assert.Single((await SearchAsync("gulls")).Matches).Message);
        await ReopenAsync();
        await DeleteAsync("msg_3");
        Assert.Equal("msg_2", Assert.Single((await SearchAsync("gulls")).Matches).Message);

        // Also what is deleted before it was ever found.
        await CommitAsync(script.Asked("Terns?"));
        await DeleteAsync($"msg_{script.Head}");
        await DeleteAsync("msg_2");
        Assert.Empty((await SearchAsync("gulls")).Matches);
        Assert.Empty((await SearchAsync("terns")).Matches);
        await AssertHoldsAsync(script);

        async Task DeleteAsync(string message)
        {
            await CommitAsync(script.Deleted(message));
            await Store.CompactAsync(script.Key, default);
        }
    }

    [SuiteFact]
    public async Task Messages_that_come_together_and_the_start_of_a_reply_to_them_are_one_append()
    {
        var script = NewConversation();
        await CommitAsync(script.Created());
        await CommitAsync(script.Asked("one").Asked("two").Asked("three"));
        await AssertHoldsAsync(script);
        await ReopenAsync();
        await AssertHoldsAsync(script);

        await CommitAsync(script.Asked("four").Asked("five").Started());
        await CommitAsync(script.Said("a", "b"));
        Assert.Contains(script.Key, await Store.FindUnfinishedAsync(TimeSpan.Zero, default));
        await ReopenAsync();
        await AssertHoldsAsync(script);
        await CommitAsync(script.Completed());
        await Store.CompactAsync(script.Key, default);
        await CommitAsync(script.Asked("six").Asked("seven"));
        await ReopenAsync();
        await AssertHoldsAsync(script);
        Assert.Equal([new IdleConversation(script.Key, script.Head)], await IdleAsync(TimeSpan.Zero));
    }
}
