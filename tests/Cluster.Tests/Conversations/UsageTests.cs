using Microsoft.Extensions.AI;
using OrleansChat.Conversations;
using OrleansChat.Models;
using OrleansChat.Owners;
using OrleansChat.Usage;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>What a reply costs that more than one silo has produced.</summary>
public class UsageTests
{
    [Theory]
    [InlineData(TakeOver.Restart)]
    [InlineData(TakeOver.Continue)]
    public async Task A_reply_that_was_taken_over_is_one_reply_that_costs_what_both_attempts_do(TakeOver takeOver)
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: takeOver);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        var conversation = await cluster.CreateOnAsync(cluster.Silos.Silos[1]);
        using var reader = await node.Api.SendAndFollowAsync(conversation, "12345678");
        (await cluster.Model.NextReplyAsync()).Emit("12345678");
        await reader.UntilAsync("reply.delta");
        await cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1]);

        var second = await cluster.Model.NextReplyAsync();
        second.Emit("whole");
        second.Complete(usage: new UsageDetails { InputTokenCount = 100, OutputTokenCount = 10 });
        await reader.ToEndAsync();

        // The first attempt: 4 for the message, 2 for its text, 2 for what was said.
        Assert.Equal(
            """{"input_tokens":106,"output_tokens":12,"estimated":true}""",
            (await node.Api.LastMessageAsync(conversation)).GetProperty("usage").GetRawText());
        var row = Assert.Single(await UsageAsync(cluster, OwnerId.Local));
        Assert.Equal(("scripted", 1, 1, 106, 12), (row.Model, row.Replies, row.EstimatedReplies, row.InputTokens, row.OutputTokens));
    }

    [Fact]
    public async Task Replies_on_all_silos_are_in_one_ledger_which_is_its_owners_only()
    {
        await using var cluster = await ChatCluster.StartAsync();
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        foreach (var silo in cluster.Silos.Silos)
        {
            var conversation = await cluster.CreateOnAsync(silo);
            using var reader = await node.Api.SendAndFollowAsync(conversation, "go");
            var reply = await cluster.Model.NextReplyAsync();
            reply.Emit("text");
            reply.Complete(usage: new UsageDetails { InputTokenCount = 7, OutputTokenCount = 3, CachedInputTokenCount = 2, ReasoningTokenCount = 1 });
            await reader.ToEndAsync();
        }

        var row = Assert.Single(await UsageAsync(cluster, OwnerId.Local));
        Assert.Equal((2, 0, 14, 4, 6, 2), (row.Replies, row.EstimatedReplies, row.InputTokens, row.CachedInputTokens, row.OutputTokens, row.ReasoningTokens));
        Assert.True(OwnerId.TryParse("somebody", out var other));
        Assert.Empty(await UsageAsync(cluster, other));
    }

    private static async Task<IReadOnlyList<UsageRow>> UsageAsync(ChatCluster cluster, OwnerId caller)
    {
        var today = DateOnly.FromDateTime(DateTime.UtcNow);
        return await cluster.Silos.GrainFactory.GetGrain<IOwnerGrain>(OwnerId.Local.Value).GetUsage(caller, today.AddDays(-1), today.AddDays(1));
    }
}
