using OrleansChat.Journal;
using OrleansChat.Testing.Suites;
using Xunit;

namespace OrleansChat.Testing.Journal;

public abstract partial class ConversationStoreContract
{
    [SuiteTheory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task Append_at_another_head_is_fenced_and_leaves_no_trace(long head)
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Asked().Asked());

        var outcome = await AppendAsync(At(script, head));

        Assert.Equal(new AppendOutcome.Fenced(4), outcome);
        await AssertHoldsAsync(script);
    }

    [SuiteFact]
    public async Task Append_at_another_head_while_a_reply_runs_is_fenced()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a", "b"));

        Assert.Equal(new AppendOutcome.Fenced(5), await AppendAsync(At(script, 3)));
        Assert.Equal(new AppendOutcome.Fenced(5), await AppendAsync(At(script, 6)));

        await AssertHoldsAsync(script);
    }

    [SuiteFact]
    public async Task Creating_a_conversation_again_is_fenced()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked());

        var outcome = await AppendAsync(new ConversationScript(script.Key).Created("An impostor").Take());

        Assert.Equal(new AppendOutcome.Fenced(2), outcome);
        await AssertHoldsAsync(script);
    }

    [SuiteFact]
    public async Task Append_to_a_conversation_that_never_was_is_fenced_at_zero()
    {
        var script = NewConversation();

        Assert.Equal(new AppendOutcome.Fenced(0), await AppendAsync(At(script, 7)));

        Assert.Null(await Store.ReadAsync(script.Key, 0, 1000, default));
        Assert.Empty(await Store.ListAsync(Owner, 10, null, default));
    }

    [SuiteFact]
    public async Task A_writer_that_missed_the_deletion_is_fenced_at_zero()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a"));
        Assert.True(await Store.DeleteAsync(script.Key, default));

        var outcome = await AppendAsync(script.Said("b").Take());

        Assert.Equal(new AppendOutcome.Fenced(0), outcome);
        Assert.Null(await Store.ReadAsync(script.Key, 0, 1000, default));
    }

    [SuiteFact]
    public async Task One_call_has_an_outcome_for_each_conversation_in_order()
    {
        var existing = NewConversation();
        await CommitAsync(existing.Created());
        var behind = NewConversation();
        await CommitAsync(behind.Created().Asked());
        var created = NewConversation();
        var missing = NewConversation();
        var stranger = NewConversation(NewOwner());

        var outcomes = await Store.AppendAsync(
            [existing.Asked().Started().Take(), At(behind, 1), created.Created().Take(), At(missing, 4), stranger.Created().Take()],
            default);

        Assert.Equal(
            [
                AppendOutcome.Committed.Instance,
                new AppendOutcome.Fenced(2),
                AppendOutcome.Committed.Instance,
                new AppendOutcome.Fenced(0),
                AppendOutcome.Committed.Instance,
            ],
            outcomes.AsEnumerable());
        await AssertHoldsAsync(existing);
        await AssertHoldsAsync(behind);
        await AssertHoldsAsync(created);
        await AssertHoldsAsync(stranger);
    }

    [SuiteFact]
    public async Task An_empty_call_has_no_outcomes() => Assert.Empty(await Store.AppendAsync([], default));

    // What a writer would append who believes that the journal ends at a head.
    private static JournalAppend At(ConversationScript script, long head)
    {
        var other = new ConversationScript(script.Key).Created();
        while (other.Head < head)
        {
            other.Asked("So it was believed.");
        }

        other.Take();
        return other.Asked("From a stale writer.").Take();
    }
}
