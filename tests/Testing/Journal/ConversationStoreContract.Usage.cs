using OrleansChat.Events;
using OrleansChat.Journal;
using OrleansChat.Testing.Suites;
using OrleansChat.Usage;
using Xunit;

namespace OrleansChat.Testing.Journal;

public abstract partial class ConversationStoreContract
{
    private static readonly DateOnly First = new(2026, 8, 1);
    private static readonly DateTimeOffset Noon = new(2026, 8, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly TokenUsage Some = new(100, 20) { CachedInputTokens = 10, ReasoningTokens = 5 };

    [SuiteFact]
    public async Task What_a_reply_cost_counts_from_its_end_on_and_once_through_everything_that_follows()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started());
        await CommitAsync(script.Said(Pieces(3)));
        Assert.Empty(await UsageAsync());
        await CommitAsync(script.Said("end").Paid("gpt", Some with { Estimated = true }, new ReplyCost(0.000123m, "USD")));
        var expected = new UsageRow(First, "gpt", "USD", 1, 1, 100, 10, 20, 5, 0.000123m);

        Assert.Equal([expected], await UsageAsync());
        await ReopenAsync();
        Assert.Equal([expected], await UsageAsync());
        await Store.CompactAsync(script.Key, default);
        Assert.Equal([expected], await UsageAsync());
        await Store.CompactAsync(script.Key, default);
        await ReopenAsync();
        Assert.Equal([expected], await UsageAsync());
        await AssertHoldsAsync(script);
    }

    [SuiteFact]
    public async Task Usage_is_added_up_by_day_model_and_currency_within_the_days_asked_for()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked());
        foreach (var (model, cost, at) in new[]
        {
            ("b", new ReplyCost(1.5m, "USD"), Noon),
            ("a", new ReplyCost(0.25m, "EUR"), Noon),
            ("a", new ReplyCost(0.5m, "EUR"), Noon.AddMinutes(1)),
            ("a", (ReplyCost?)null, Noon.AddMinutes(2)),
            ("a", null, new DateTimeOffset(2026, 8, 2, 1, 30, 0, TimeSpan.FromHours(2))),
            ("a", null, Noon.AddDays(1)),
            ("a", null, Noon.AddMonths(1)),
        })
        {
            await CommitAsync(script.Started().Said("x").Paid(model, new TokenUsage(10, 1), cost, at));
            await Store.CompactAsync(script.Key, default);
        }

        Assert.Equal(
            [
                // The last minutes before midnight in UTC are of the day before.
                new UsageRow(First, "a", null, 2, 0, 20, 0, 2, 0, 0),
                new UsageRow(First, "a", "EUR", 2, 0, 20, 0, 2, 0, 0.75m),
                new UsageRow(First, "b", "USD", 1, 0, 10, 0, 1, 0, 1.5m),
                new UsageRow(First.AddDays(1), "a", null, 1, 0, 10, 0, 1, 0, 0),
                new UsageRow(First.AddMonths(1), "a", null, 1, 0, 10, 0, 1, 0, 0),
            ],
            await UsageAsync(First, First.AddMonths(1)));
        Assert.Equal(
            [new UsageRow(First.AddDays(1), "a", null, 1, 0, 10, 0, 1, 0, 0)],
            await UsageAsync(First.AddDays(1), First.AddDays(2)));
        Assert.Empty(await Store.ReadUsageAsync(NewOwner(), First, First.AddMonths(1), default));
    }

    [SuiteFact]
    public async Task Deleted_conversations_keep_their_place_in_the_ledger_also_when_they_come_back()
    {
        var (compacted, fresh) = (NewConversation(), NewConversation());
        foreach (var script in new[] { compacted, fresh })
        {
            await CommitAsync(script.Created().Asked().Started());
            await CommitAsync(script.Said("x").CancelledFor("gpt", new TokenUsage(10, 1)));
        }

        await Store.CompactAsync(compacted.Key, default);
        Assert.True(await Store.DeleteAsync(compacted.Key, default));
        Assert.True(await Store.DeleteAsync(fresh.Key, default));
        Assert.Equal(2, Assert.Single(await UsageAsync()).Replies);

        var again = new ConversationScript(fresh.Key);
        await CommitAsync(again.Created().Asked().Started());
        await CommitAsync(again.Said("x").Paid("gpt", new TokenUsage(1_000, 1), at: Noon.AddHours(1)));
        await ReopenAsync();

        var row = Assert.Single(await UsageAsync());
        Assert.Equal((3, 1_020), (row.Replies, row.InputTokens));
    }

    [SuiteFact]
    public async Task What_was_not_appended_or_not_made_here_costs_nothing()
    {
        var script = NewConversation();
        await CommitAsync(script.Created().Asked().Started().Said("imported").Paid("gpt", Some));
        await CommitAsync(script.Asked().Started());
        await CommitAsync(script.Said("by an earlier version").Completed());
        await CommitAsync(script.Started());
        var lost = script.Said("x").Paid("gpt", Some).Take();
        var stale = new JournalAppend(lost.Key, lost.Events, new EventBlock(lost.Block.First - 1, lost.Block.Last - 1, lost.Block.Lines));

        Assert.IsType<AppendOutcome.Fenced>(await AppendAsync(stale));
        Assert.Empty(await UsageAsync());

        // The same append at its place happens once, however often it is tried.
        Assert.Equal(AppendOutcome.Committed.Instance, await AppendAsync(lost));
        Assert.IsType<AppendOutcome.Fenced>(await AppendAsync(new JournalAppend(lost.Key, lost.Events, lost.Block)));
        await Store.CompactAsync(script.Key, default);
        Assert.Equal(1, Assert.Single(await UsageAsync()).Replies);
    }

    [SuiteFact]
    public async Task Replies_that_follow_each_other_in_one_append_and_those_of_many_conversations_are_all_counted()
    {
        var scripts = Enumerable.Range(0, 20).Select(_ => NewConversation()).ToList();
        foreach (var script in scripts)
        {
            await CommitAsync(script.Created().Asked().Started());
        }

        for (var round = 1; round <= 3; round++)
        {
            var appends = scripts.ConvertAll(script => script.Said("x").Paid("gpt", new TokenUsage(round, 1)).Started().Take());
            Assert.All(await Store.AppendAsync(appends, default), outcome => Assert.Equal(AppendOutcome.Committed.Instance, outcome));

            // The next reply runs, so nothing is compacted yet.
            await Task.WhenAll(scripts.Select(script => Store.CompactAsync(script.Key, default)));
        }

        foreach (var script in scripts)
        {
            await CommitAsync(script.Paid("gpt", new TokenUsage(0, 0)));
        }

        var reading = UsageAsync();
        await Task.WhenAll(scripts.Select(script => Store.CompactAsync(script.Key, default)));
        foreach (var rows in new[] { await reading, await UsageAsync() })
        {
            var row = Assert.Single(rows);
            Assert.Equal((80, 120, 60), (row.Replies, row.InputTokens, row.OutputTokens));
        }
    }

    private Task<UsageRow[]> UsageAsync() => UsageAsync(First, First.AddDays(1));

    private async Task<UsageRow[]> UsageAsync(DateOnly from, DateOnly to) => [.. await Store.ReadUsageAsync(Owner, from, to, default)];
}
