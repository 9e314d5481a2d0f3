using System.Text.Json;
using OrleansChat.Models;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>A model breaks off in the middle of a reply, and what then becomes of it is what its configuration says; clients are always told.</summary>
public class BreakTests
{
    [Fact]
    public async Task A_model_that_continues_is_given_the_text_so_far_and_the_text_is_one()
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Continue, onBreak: OnBreak.TakeOver);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await BreakAsync(cluster, node);

        var second = await cluster.Model.NextReplyAsync();
        second.Emit(" and", " half");
        second.Complete();
        await reader.ToEndAsync();

        Assert.Equal(["go", "half"], second.Messages.Select(message => message.Text));
        Assert.Equal(["reply.delta", "reply.continued", "reply.delta", "reply.completed"], reader.TypesAfterStart);
        Assert.Equal("half and half", reader.Text);
        Assert.Equal("half and half", (await LastMessageAsync(node, reader)).GetProperty("content").GetString());
        Assert.False(reader.WasCut);
    }

    [Fact]
    public async Task A_model_that_does_not_is_asked_again_and_readers_are_told_to_clear()
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Restart, onBreak: OnBreak.TakeOver);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await BreakAsync(cluster, node);

        var second = await cluster.Model.NextReplyAsync();
        second.Emit("whole");
        second.Complete();
        await reader.ToEndAsync();

        Assert.Equal(["go"], second.Messages.Select(message => message.Text));
        Assert.Equal(["reply.delta", "reply.restarted", "reply.delta", "reply.completed"], reader.TypesAfterStart);
        Assert.Equal("whole", (await LastMessageAsync(node, reader)).GetProperty("content").GetString());
    }

    [Fact]
    public async Task What_another_model_began_is_begun_anew()
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Continue, onBreak: OnBreak.TakeOver);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await SendAsync(cluster, node);
        var first = await cluster.Model.NextReplyAsync();
        first.AnswerAs("another");
        first.Emit("half");
        await reader.UntilAsync("reply.delta");
        first.Truncate();

        var second = await cluster.Model.NextReplyAsync();
        second.Emit("whole");
        second.Complete();
        await reader.ToEndAsync();

        Assert.Equal(["reply.delta", "reply.restarted", "reply.delta", "reply.completed"], reader.TypesAfterStart);
    }

    [Theory]
    [InlineData(TakeOver.Interrupt, OnBreak.TakeOver)]
    [InlineData(TakeOver.Continue, OnBreak.Fail)]
    public async Task A_reply_that_may_not_go_on_fails_and_asks_nothing_more(TakeOver takeOver, OnBreak onBreak)
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: takeOver, onBreak: onBreak);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await BreakAsync(cluster, node);
        await reader.ToEndAsync();

        Assert.Equal(["reply.delta", "reply.failed"], reader.TypesAfterStart);
        Assert.Equal("upstream_truncated", ErrorOf(reader));
        Assert.True(reader.WasCut);
        Assert.Equal("half", (await LastMessageAsync(node, reader)).GetProperty("content").GetString());

        using var next = await node.Api.SendAndFollowAsync(ConversationOf(reader), "again");
        var second = await cluster.Model.NextReplyAsync();
        Assert.Equal("again", second.Messages[^1].Text);
    }

    [Fact]
    public async Task A_reply_that_breaks_off_again_and_again_fails_in_the_end()
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Continue, onBreak: OnBreak.TakeOver);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await SendAsync(cluster, node);

        // The first attempt, and as often as a reply is taken over.
        for (var attempt = 0; attempt <= 5; attempt++)
        {
            var reply = await cluster.Model.NextReplyAsync();
            reply.Emit("a");
            reply.Truncate();
        }

        await reader.ToEndAsync();
        Assert.Equal("upstream_truncated", ErrorOf(reader));
        Assert.Equal(5, reader.Events.Count(e => e.Type == "reply.continued"));
        Assert.Equal("aaaaaa", (await LastMessageAsync(node, reader)).GetProperty("content").GetString());
    }

    [Fact]
    public async Task A_reply_that_broke_off_before_it_began_fails()
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Continue, onBreak: OnBreak.TakeOver);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await SendAsync(cluster, node);
        (await cluster.Model.NextReplyAsync()).Truncate();
        await reader.ToEndAsync();

        Assert.Equal(["reply.failed"], reader.TypesAfterStart);
    }

    private static async Task<SseConnection> SendAsync(ChatCluster cluster, ApiNode node) =>
        await node.Api.SendAndFollowAsync(await cluster.CreateOnAsync(cluster.Silos.Silos[1]), "go");

    private static async Task<SseConnection> BreakAsync(ChatCluster cluster, ApiNode node)
    {
        var reader = await SendAsync(cluster, node);
        var first = await cluster.Model.NextReplyAsync();
        first.Emit("half");
        await reader.UntilAsync("reply.delta");
        first.Truncate();
        return reader;
    }

    private static string ConversationOf(SseConnection reader) =>
        reader.Response.RequestMessage!.RequestUri!.Segments[2].TrimEnd('/');

    private static Task<JsonElement> LastMessageAsync(ApiNode node, SseConnection reader) => node.Api.LastMessageAsync(ConversationOf(reader));

    private static string? ErrorOf(SseConnection reader) => reader.Events[^1].Json.GetProperty("error").GetProperty("code").GetString();
}
