using OrleansChat.Events;
using OrleansChat.Testing.Suites;
using Xunit;

namespace OrleansChat.Testing.Journal;

public abstract partial class ConversationStoreContract
{
    [SuiteFact]
    public async Task Compaction_stores_the_deltas_of_an_ended_reply_as_one_record()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said(Pieces(50)));
        await CommitAsync(script.Said(Pieces(50)).Completed());

        await Store.CompactAsync(script.Key, default);

        Assert.Equal(
            [EventType.ConversationCreated, EventType.MessageCreated, EventType.ReplyStarted, EventType.DeltaRun, EventType.ReplyCompleted],
            await TypesAsync(script));
        await AssertHoldsAsync(script);
    }

    [SuiteFact]
    public async Task Compaction_again_changes_nothing()
    {
        var script = NewConversation();
        await CommitTurnsAsync(script);
        await Store.CompactAsync(script.Key, default);
        var types = await TypesAsync(script);

        await Store.CompactAsync(script.Key, default);

        Assert.Equal(types, await TypesAsync(script));
        await AssertHoldsAsync(script);
    }

    [SuiteFact]
    public async Task Compaction_does_nothing_while_a_reply_runs()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await Store.CompactAsync(script.Key, default);
        await CommitAsync(script.Said(Pieces(3)));

        await Store.CompactAsync(script.Key, default);

        Assert.Equal(3, (await TypesAsync(script)).Count(type => type == EventType.ReplyDelta));
        await CommitAsync(script.Said("more").Completed());
        await AssertHoldsAsync(script);
    }

    [SuiteFact]
    public async Task Compaction_of_nothing_does_nothing()
    {
        var missing = NewConversation();
        await Store.CompactAsync(missing.Key, default);
        Assert.Null(await Store.ReadAsync(missing.Key, 0, 1000, default));

        var script = NewConversation();
        await CommitAsync(script.Created().Asked());
        await Store.CompactAsync(script.Key, default);
        await AssertHoldsAsync(script);
    }

    [SuiteFact]
    public async Task An_update_in_mid_reply_keeps_its_place()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a", "b"));
        await CommitAsync(script.Updated("Changed"));
        await CommitAsync(script.Said("c", "d").Completed());
        await AssertHoldsAsync(script);

        await Store.CompactAsync(script.Key, default);

        Assert.Equal(
            [EventType.DeltaRun, EventType.ConversationUpdated, EventType.DeltaRun, EventType.ReplyCompleted],
            (await TypesAsync(script))[3..]);
        await ReopenAndCheckAsync(script);
    }

    [SuiteFact]
    public async Task Compaction_stores_thinking_calls_and_refusals_as_records_too_and_gives_them_back_to_the_letter()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a", "b"));
        await CommitAsync(script.DidMore(20));
        await AssertHoldsAsync(script);
        await CommitAsync(script.Said("c", "d").Completed());

        await Store.CompactAsync(script.Key, default);

        Assert.Equal(
            [
                EventType.DeltaRun, EventType.ReasoningRun, EventType.ReplyReasoning, EventType.ReplyToolCall, EventType.ToolCallRun,
                EventType.ReplyToolCall, EventType.ToolCallRun, EventType.ReplyToolCall, EventType.RefusalRun, EventType.DeltaRun, EventType.ReplyCompleted,
            ],
            (await TypesAsync(script))[3..]);
        await ReopenAndCheckAsync(script);
        for (var cursor = 0; cursor < script.Head; cursor += 7)
        {
            Assert.Equal(script.Lines[cursor..], await Store.ReadLinesAsync(script.Key, cursor));
        }
    }

    private async Task<List<EventType>> TypesAsync(ConversationScript script)
    {
        var page = await Store.ReadAsync(script.Key, 0, int.MaxValue, default);
        var types = new List<EventType>();
        foreach (var block in page!.Blocks)
        {
            foreach (var line in block)
            {
                types.Add(line.Type);
            }
        }

        return types;
    }
}
