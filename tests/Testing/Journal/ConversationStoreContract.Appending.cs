using OrleansChat.Journal;
using OrleansChat.Testing.Suites;
using Xunit;

namespace OrleansChat.Testing.Journal;

public abstract partial class ConversationStoreContract
{
    public static TheoryData<string> Texts => new()
    {
        "",
        "plain",
        "quotes \" and \\ backslashes \\u0041 and / slashes",
        "control \0 \u0001 \b \t \n \r \f \u001f \u007f characters",
        "line separators \u2028 and \u2029 and \u0085",
        "emoji 👩‍👩‍👧‍👦 🇺🇳 🏳️‍🌈 and 𝕸𝖆𝖙𝖍",
        "right to left: שלום עליכם \u202eمرحبا\u202c and so on",
        "zero width \u200b\u200d\ufeff and combining e\u0301",
        "the end of another line\"}\n{\"type\":\"reply.delta\",\"sequence\":1",
        "\ufffd and \uffff and \ud7ff\ue000",
    };

    [SuiteFact]
    public async Task What_was_appended_reads_back_byte_for_byte_in_the_order_of_appending()
    {
        var script = NewConversation();
        var appended = new List<byte>();
        foreach (var part in new[]
        {
            script.Created().Take(),
            script.Asked().Started().Take(),
            script.Said("one", " two").Take(),
            script.Said(" three").Completed().Take(),
        })
        {
            Assert.Equal(AppendOutcome.Committed.Instance, await AppendAsync(part));
            appended.AddRange(part.Block.Lines.ToArray());
        }

        var page = await Store.ReadAsync(script.Key, 0, int.MaxValue, default);

        Assert.Equal(7, page!.Head);
        Assert.Equal(appended, page.Blocks.SelectMany(block => block.Lines.ToArray()));
        await AssertHoldsAsync(script);
    }

    [SuiteTheory]
    [MemberData(nameof(Texts))]
    public async Task Any_text_survives_appending_compaction_and_reopening(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var script = NewConversation();
        await CommitAsync(script.Created(text));
        await CommitAsync(script.Asked(text).Started());
        await CommitAsync(script.Said(text + "1", text + "2").Said(text + "3").Completed());
        await AssertHoldsAsync(script);

        await Store.CompactAsync(script.Key, default);
        await AssertHoldsAsync(script);

        await ReopenAsync();
        await AssertHoldsAsync(script);
    }

    [SuiteFact]
    public async Task A_reopened_store_goes_on_where_the_last_one_ended_at_every_stage_of_a_turn()
    {
        var script = NewConversation();
        for (var turn = 0; turn < 2; turn++)
        {
            await CommitAsync(turn == 0 ? script.Created() : script.Updated("Another turn"));
            await ReopenAndCheckAsync(script);
            await CommitAsync(script.Asked().Started());
            await ReopenAndCheckAsync(script);
            await CommitAsync(script.Said("a", "b"));
            await ReopenAndCheckAsync(script);
            await CommitAsync(script.Said("c"));
            await CommitAsync(script.Completed());
            await ReopenAndCheckAsync(script);
            await Store.CompactAsync(script.Key, default);
            await ReopenAndCheckAsync(script);
        }
    }

    [SuiteFact]
    public async Task A_whole_turn_in_the_first_append_is_a_conversation()
    {
        var script = NewConversation();

        await CommitAsync(script.Created().Asked().Started().Said("a", "b").Completed());

        await AssertHoldsAsync(script);
        await Store.CompactAsync(script.Key, default);
        await ReopenAndCheckAsync(script);
    }

    [SuiteFact]
    public async Task Replies_that_end_in_different_ways_follow_each_other_without_compaction_between()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said("a", "b").Interrupted());
        await CommitAsync(script.Asked().Started());
        await CommitAsync(script.Said("c", "d").Completed());
        await AssertHoldsAsync(script);

        await Store.CompactAsync(script.Key, default);

        await ReopenAndCheckAsync(script);
    }

    [SuiteFact]
    public Task A_store_that_works_passes_its_check() => Store.CheckAsync(default);

    private async Task ReopenAndCheckAsync(ConversationScript script)
    {
        await ReopenAsync();
        await AssertHoldsAsync(script);
    }
}
