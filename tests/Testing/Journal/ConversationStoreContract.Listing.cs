using OrleansChat.Conversations;
using OrleansChat.Journal;
using OrleansChat.Testing.Suites;
using Xunit;

namespace OrleansChat.Testing.Journal;

public abstract partial class ConversationStoreContract
{
    [SuiteFact]
    public async Task List_is_newest_first_in_pages_and_has_only_the_owners()
    {
        var other = NewOwner();
        var scripts = new List<ConversationScript>();
        for (var i = 0; i < 7; i++)
        {
            scripts.Insert(0, NewConversation());
            await CommitAsync(scripts[0].Created($"Number {i}"));
            await CommitAsync(NewConversation(other).Created("A stranger's"));
        }

        var ids = scripts.ConvertAll(script => script.Key.Id);
        Assert.Equal(ids, await ListAsync(Owner, 100, null));
        Assert.Equal(ids[..3], await ListAsync(Owner, 3, null));
        Assert.Equal(ids[3..6], await ListAsync(Owner, 3, ids[2]));
        Assert.Equal(ids[6..], await ListAsync(Owner, 3, ids[5]));
        Assert.Empty(await ListAsync(Owner, 3, ids[6]));
        Assert.Equal(7, (await ListAsync(other, 100, null)).Count);
        Assert.Empty(await ListAsync(NewOwner(), 100, null));

        await ReopenAsync();
        Assert.Equal(ids, await ListAsync(Owner, 100, null));
    }

    [SuiteFact]
    public async Task A_list_has_what_was_created_and_deleted_since_the_last_one()
    {
        Assert.Empty(await ListAsync(Owner, 10, null));
        var first = NewConversation();
        var second = NewConversation();

        await CommitAsync(second.Created());
        Assert.Equal([second.Key.Id], await ListAsync(Owner, 10, null));
        await CommitAsync(first.Created());
        Assert.Equal([second.Key.Id, first.Key.Id], await ListAsync(Owner, 10, null));
        await Store.DeleteAsync(second.Key, default);
        Assert.Equal([first.Key.Id], await ListAsync(Owner, 10, null));
    }

    [SuiteFact]
    public async Task Find_knows_a_conversation_by_the_end_of_its_id()
    {
        var script = NewConversation();
        var (id, other) = (script.Key.Id, NewOwner());
        Assert.Null(await Store.FindAsync(Owner, id.Tail, default));

        await CommitAsync(script.Created());
        Assert.Equal(id, await Store.FindAsync(Owner, id.Tail, default));
        Assert.Null(await Store.FindAsync(other, id.Tail, default));

        await ReopenAsync();
        Assert.Equal(id, await Store.FindAsync(Owner, id.Tail, default));
        await Store.DeleteAsync(script.Key, default);
        Assert.Null(await Store.FindAsync(Owner, id.Tail, default));
    }

    [SuiteFact]
    public async Task List_goes_on_after_an_id_that_does_not_exist_any_more()
    {
        var scripts = Enumerable.Range(0, 4).Select(_ => NewConversation()).ToList();
        foreach (var script in scripts)
        {
            await CommitAsync(script.Created());
        }

        Assert.Equal(4, (await ListAsync(Owner, 10, null)).Count);
        Assert.True(await Store.DeleteAsync(scripts[2].Key, default));

        Assert.Equal([scripts[1].Key.Id, scripts[0].Key.Id], await ListAsync(Owner, 10, scripts[2].Key.Id));
        Assert.Equal([scripts[3].Key.Id, scripts[1].Key.Id, scripts[0].Key.Id], await ListAsync(Owner, 10, null));
    }

    [SuiteFact]
    public async Task List_says_what_each_conversation_is_at_its_head()
    {
        var script = NewConversation();
        await CommitAsync(script.Created());
        await AssertHoldsAsync(script);
        await CommitAsync(script.Asked().Started());
        await AssertHoldsAsync(script);
        await CommitAsync(script.Said("a", "b"));
        await AssertHoldsAsync(script);
        await CommitAsync(script.Updated(title: null));
        await AssertHoldsAsync(script);
        await CommitAsync(script.Completed());
        await AssertHoldsAsync(script);
    }

    [SuiteFact]
    public async Task FindUnfinished_finds_exactly_the_conversations_that_end_within_a_reply()
    {
        var idle = NewConversation();
        await CommitAsync(idle.Created().Asked());
        var started = NewConversation();
        await CommitAsync(started.Created().Asked().Started());
        var speaking = NewConversation();
        await CommitAsync(speaking.Created().Asked().Started());
        await CommitAsync(speaking.Said("a"));
        var finished = NewConversation();
        await CommitAsync(finished.Created().Asked().Started());
        await CommitAsync(finished.Said("a").Completed());
        var deleted = NewConversation();
        await CommitAsync(deleted.Created().Asked().Started());
        await Store.DeleteAsync(deleted.Key, default);

        Assert.Equal([started.Key, speaking.Key], await UnfinishedAsync());

        await ReopenAsync();
        Assert.Equal([started.Key, speaking.Key], await UnfinishedAsync());

        await CommitAsync(started.Interrupted());
        await CommitAsync(finished.Asked().Started());
        Assert.Equal([speaking.Key, finished.Key], await UnfinishedAsync());

        await ReopenAsync();
        Assert.Equal([speaking.Key, finished.Key], await UnfinishedAsync());
    }

    [SuiteFact]
    public async Task FindUnfinished_leaves_out_replies_that_grew_lately()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        var key = Assert.Single(await UnfinishedAsync());

        Assert.DoesNotContain(key, await Store.FindUnfinishedAsync(TimeSpan.FromHours(1), default));

        await CommitAsync(script.Said("a"));
        Assert.DoesNotContain(key, await Store.FindUnfinishedAsync(TimeSpan.FromHours(1), default));
    }

    [SuiteFact]
    public async Task FindUnfinished_does_not_take_a_fenced_start_for_a_reply()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked());
        var stale = new ConversationScript(script.Key).Created();
        stale.Take();

        Assert.Equal(new AppendOutcome.Fenced(2), await AppendAsync(stale.Started().Take()));

        Assert.Empty(await UnfinishedAsync());
    }

    [SuiteFact]
    public async Task Delete_removes_everything_once_and_the_key_can_be_used_again()
    {
        var script = NewConversation();
        await CommitTurnsAsync(script);

        Assert.True(await Store.DeleteAsync(script.Key, default));
        Assert.False(await Store.DeleteAsync(script.Key, default));

        Assert.Null(await Store.ReadAsync(script.Key, 0, 1000, default));
        Assert.Empty(await ListAsync(Owner, 10, null));
        await ReopenAsync();
        Assert.Null(await Store.ReadAsync(script.Key, 0, 1000, default));

        var again = new ConversationScript(script.Key);
        await CommitAsync(again.Created("Anew").Asked().Started());
        await CommitAsync(again.Said("x"));
        await ReopenAndCheckAsync(again);
    }

    private async Task<List<ConversationId>> ListAsync(OwnerId owner, int limit, ConversationId? after) =>
        [.. (await Store.ListAsync(owner, limit, after, default)).Select(conversation => conversation.Id)];

    private async Task<List<ConversationKey>> UnfinishedAsync() =>
        [.. (await Store.FindUnfinishedAsync(TimeSpan.Zero, default)).Where(key => key.Owner == Owner).OrderBy(key => key.Id.Value, StringComparer.Ordinal)];
}
