using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;
using OrleansChat.Models;
using OrleansChat.Replies;
using OrleansChat.Testing.Product;
using OrleansChat.Testing.Sse;

namespace OrleansChat.Cluster.Tests.Conversations;

/// <summary>What waits in a conversation outlives the silo that holds it.</summary>
public class QueueTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_waits_starts_when_the_reply_that_was_taken_over_has_ended(bool killed)
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Continue);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await StartAsync(cluster, node, "two", "three");

        await LeaveAsync(cluster, killed);
        await AnswerAsync(cluster, " and half");
        await AnswerAsync(cluster, "2");
        await AnswerAsync(cluster, "3");
        await reader.ToEndAsync();

        Assert.Equal(["go", "half and half", "two", "2", "three", "3"], await ContentsAsync(node, reader));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_waits_behind_a_reply_that_may_not_go_on_is_asked_for_once(bool killed)
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Interrupt);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await StartAsync(cluster, node, "two");

        await LeaveAsync(cluster, killed);
        await AnswerAsync(cluster, "2");
        await reader.ToEndAsync();

        Assert.Equal(["go", "half", "two", "2"], await ContentsAsync(node, reader));
        Assert.Equal(["reply.interrupted", "reply.completed"], reader.Events.Where(e => e.Type is "reply.interrupted" or "reply.completed").Select(e => e.Type));
    }

    [Fact]
    public async Task A_silo_that_is_about_to_stop_leaves_what_waits_to_others()
    {
        await using var cluster = await ChatCluster.StartAsync(takeOver: TakeOver.Continue);
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await StartAsync(cluster, node, "two");

        ((InProcessSiloHandle)cluster.Silos.Silos[1]).SiloHost.Services.GetRequiredService<RunningReplies>().Leave();
        cluster.Model.Replies[0].Complete();
        await AnswerAsync(cluster, "2");
        await reader.ToEndAsync();

        Assert.Equal(["go", "half", "two", "2"], await ContentsAsync(node, reader));
        Assert.Equal(2, cluster.Model.Replies.Count);
        Assert.Contains(reader.Events, e => e.Type == "reply.continued");
    }

    [Fact]
    public async Task Who_interrupts_while_the_queue_is_full_of_others_goes_first()
    {
        await using var cluster = await ChatCluster.StartAsync();
        await using var node = await cluster.StartApiAsync(cluster.Silos.Silos[0]);
        using var reader = await StartAsync(cluster, node, "later");
        var conversation = ConversationOf(reader);

        await node.Api.PostAsync($"/conversations/{conversation}/messages", new { content = "now", on_busy = "interrupt" }, System.Net.HttpStatusCode.Accepted);
        await AnswerAsync(cluster, "1");
        await AnswerAsync(cluster, "2");
        await reader.ToEndAsync();

        Assert.Equal(["go", "half", "now", "1", "later", "2"], await ContentsAsync(node, reader));
    }

    // The reader follows until nothing runs any more.
    private static async Task<SseConnection> StartAsync(ChatCluster cluster, ApiNode node, params IEnumerable<string> queued)
    {
        var conversation = await cluster.CreateOnAsync(cluster.Silos.Silos[1]);
        await node.Api.SendAsync(conversation, "go");
        var reader = await node.Api.FollowAsync(conversation, "until=idle");
        (await cluster.Model.NextReplyAsync()).Emit("half");
        await reader.UntilAsync("reply.delta");
        foreach (var content in queued)
        {
            await node.Api.PostAsync($"/conversations/{conversation}/messages", new { content, on_busy = "queue" }, System.Net.HttpStatusCode.Accepted);
        }

        return reader;
    }

    private static async Task AnswerAsync(ChatCluster cluster, string text)
    {
        var reply = await cluster.Model.NextReplyAsync();
        reply.Emit(text);
        reply.Complete();
    }

    private static Task LeaveAsync(ChatCluster cluster, bool killed) =>
        killed ? cluster.Silos.KillSiloAsync(cluster.Silos.Silos[1]) : cluster.Silos.StopSiloAsync(cluster.Silos.Silos[1]);

    private static string ConversationOf(SseConnection reader) => reader.Response.RequestMessage!.RequestUri!.Segments[2].TrimEnd('/');

    private static async Task<IEnumerable<string?>> ContentsAsync(ApiNode node, SseConnection reader) =>
        (await node.Api.MessagesAsync(ConversationOf(reader))).Select(message => message.Text("content"));
}
